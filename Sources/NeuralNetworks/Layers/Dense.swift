import RandomNumbers
import TensorCore

/// A fully connected layer, y = x W + b.
///
/// Shapes, with batch B, inputs I, outputs O:  x [B, I]   W [I, O]   b [O]   y [B, O].
/// Given dy = ∂L/∂y, the chain rule over yₙⱼ = Σᵢ xₙᵢ Wᵢⱼ + bⱼ yields
///
///     (1)  ∂L/∂Wᵢⱼ = Σₙ xₙᵢ dyₙⱼ     dW = xᵀ dy     [I, O]
///     (2)  ∂L/∂bⱼ  = Σₙ dyₙⱼ         db = Σₙ dy     [O]
///     (3)  ∂L/∂xₙᵢ = Σⱼ dyₙⱼ Wᵢⱼ     dx = dy Wᵀ     [B, I]
///
/// A rectified layer computes max(0, x W + b), and first sets dyₙⱼ to 0 where yₙⱼ is not positive.
@usableFromInline
package struct Dense: Equatable, Sendable {
    @usableFromInline package let weight: ParameterSlice
    @usableFromInline package let bias: ParameterSlice
    @usableFromInline package let rectified: Bool

    /// Appends the layer's tensors, `name.weight` and `name.bias`, to a network's parameters.
    package init(_ name: String, inputs: Int, outputs: Int, rectified: Bool, layout: inout ParameterLayout) {
        weight = layout.add("\(name).weight", rows: inputs, columns: outputs)
        bias = layout.add("\(name).bias", columns: outputs)
        self.rectified = rectified
    }

    @inlinable
    package var inputs: Int { weight.rows }
    @inlinable
    package var outputs: Int { weight.columns }

    /// Draws weights uniformly from ±√(6/I) before a rectifier (He et al., arXiv 1502.01852) and ±√(6/(I+O)) otherwise
    /// (Glorot and Bengio, AISTATS 2010); biases are 0.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        let fan = rectified ? inputs : inputs + outputs
        parameters[weight].fillUniformly(within: (6 / Double(fan)).squareRoot(), using: &stream)
        parameters[bias].fill(with: 0)
    }

    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>, into y: Matrix<Scalar>
    ) {
        y.assignProduct(x, parameters[weight])
        if rectified {
            y.addBiasAndRectify(parameters[bias])
        } else {
            y.addBias(parameters[bias])
        }
    }

    /// Accumulates the parameters' gradient, and overwrites `dx` where it is wanted.
    /// - Parameters:
    ///   - dy: ∂L/∂y; a rectified layer overwrites it with the gradient before the rectifier.
    ///   - y: What `forward` computed.
    @inlinable
    package func backward<Scalar>(
        _ dy: Matrix<Scalar>, x: Matrix<Scalar>, y: Matrix<Scalar>, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, into dx: Matrix<Scalar>?
    ) {
        if rectified { dy.rectifyBackward(outputs: y) }
        gradient[weight].assignProduct(x, dy, transposingLeft: true, accumulating: true)  // (1)
        gradient[bias].addRowSums(of: dy)  // (2)
        if let dx { dx.assignProduct(dy, parameters[weight], transposingRight: true) }  // (3)
    }
}
