extension ValueLearningConfiguration {
    /// ε after so many updates: falls in a line from its start to its end over the first part of them.
    func exploration(at update: Int) -> Double {
        line(from: explorationStart, to: explorationEnd, Double(update) / (explorationFraction * Double(updates)))
    }

    /// Adam's step size for the update after so many.
    func learningRate(at update: Int) -> Double {
        guard let learningRateEnd else { return learningRate }
        return line(from: learningRate, to: learningRateEnd, Double(update) / Double(max(1, updates - 1)))
    }

    /// β of prioritised replay for the update after so many: 1 at last (Schaul et al., section 3.4).
    func priorityCorrection(at update: Int) -> Double {
        line(from: priorityCorrection, to: 1, Double(update) / Double(max(1, updates - 1)))
    }

    private func line(from start: Double, to end: Double, _ share: Double) -> Double {
        start + (end - start) * min(1, share)
    }
}
