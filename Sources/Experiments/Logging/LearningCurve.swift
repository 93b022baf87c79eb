import Agents

/// What a training came to, from its first evaluation to its last.
package struct LearningCurve: Equatable, Sendable {
    package var training: TrainingLog.Training
    package var points: [CurvePoint]

    package init(_ training: TrainingLog.Training, points: [CurvePoint]) {
        self.training = training
        self.points = points
    }

    /// One JSON object a line. It says of a point what the live log says, but for what a clock and the machine add: equal
    /// trainings have equal lines.
    package var progressLines: String {
        points.map { JSONValue.object(training.members(of: $0)).compact + "\n" }.joined()
    }
}

extension TrainingLog.Training {
    /// The numbers of a point by key, in the order in which TensorBoard gets them.
    func values(of point: CurvePoint) -> [(key: String, value: Double?)] {
        [
            (scoreKey, point.score), ("loss", point.loss), ("meanMaxQ", point.meanMaxQ),
            ("gradientNorm", point.gradientNorm), ("exploration", point.exploration),
            ("learningRate", point.learningRate), ("environmentSteps", Double(point.steps)),
        ]
    }

    /// What a line says of a point, whatever the time.
    func members(of point: CurvePoint) -> [String: JSONValue] {
        var members = labels
        for (key, value) in values(of: point) { members[key] = JSONValue(value) }
        members["training"] = .string(name)
        members["update"] = .integer(point.update)
        return members
    }
}
