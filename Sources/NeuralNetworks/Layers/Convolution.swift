import RandomNumbers
import TensorCore

/// A rectified one-dimensional convolution over time, without padding, one step at a time.
///
///     yₜ = max(0, Σₖ xₜ₊ₖ Wₖ + b)        k = 0 … K − 1,  t = 0 … T − K
///
/// Shapes, with T steps, batch B, inputs F, channels C, kernel K, T' = T − K + 1:  x [T·B, F] and y [T'·B, C], both
/// time-major (row t·B + b);  W [K·F, C], of which Wₖ are rows k·F … (k+1)·F − 1;  b [C].
/// Given dy = ∂L/∂y, set to 0 where y is not positive:
///
///     (1)  dWₖ = Σₜ xₜ₊ₖᵀ dyₜ
///     (2)  db  = Σ dy
///     (3)  dxₜ = Σₖ dyₜ₋ₖ Wₖᵀ
///
/// **Layout.** In time-major order the inputs that meet Wₖ, over all steps and sequences, are the T'·B rows from row k·B:
/// a view. So a convolution is K products of such views, and nothing is unfolded into a matrix of patches: with 16 inputs
/// or more that is as fast, with fewer it costs some microseconds.
@usableFromInline
package struct Convolution: Equatable, BitwiseCopyable, Sendable {
    @usableFromInline package let weight: ParameterSlice
    @usableFromInline package let bias: ParameterSlice
    /// K, steps that an output sees.
    @usableFromInline package let kernel: Int

    /// Appends the layer's tensors, `name.weight` and `name.bias`, to a network's parameters.
    package init(_ name: String, inputs: Int, channels: Int, kernel: Int, layout: inout ParameterLayout) {
        weight = layout.add("\(name).weight", rows: kernel * inputs, columns: channels)
        bias = layout.add("\(name).bias", columns: channels)
        self.kernel = kernel
    }

    @inlinable
    package var inputs: Int { weight.rows / kernel }
    @inlinable
    package var channels: Int { weight.columns }

    /// Draws weights uniformly from ±√(6/(K·F)) (He et al., arXiv 1502.01852); biases are 0.
    package func initialise<Scalar>(_ parameters: ParameterVector<Scalar>, using stream: inout RandomStream) {
        parameters[weight].fillUniformly(within: (6 / Double(weight.rows)).squareRoot(), using: &stream)
        parameters[bias].fill(with: 0)
    }

    /// - Parameters:
    ///   - x: `[T·B, F]`, time-major.
    ///   - batch: B.
    ///   - y: `[T'·B, C]`, overwritten.
    @inlinable
    package func forward<Scalar>(
        _ x: Matrix<Scalar>, batch: Int, _ parameters: ParameterVector<Scalar>, into y: Matrix<Scalar>
    ) {
        for offset in 0..<kernel {
            y.assignProduct(
                x.rows(from: offset * batch, count: y.rows), tap(offset, of: parameters), accumulating: offset > 0)
        }
        y.addBiasAndRectify(parameters[bias])
    }

    /// Accumulates the parameters' gradient, and overwrites `dx` where it is wanted.
    /// - Parameters:
    ///   - dy: ∂L/∂y, overwritten with the gradient before the rectifier.
    ///   - y: What `forward` computed.
    @inlinable
    package func backward<Scalar>(
        _ dy: Matrix<Scalar>, x: Matrix<Scalar>, y: Matrix<Scalar>, batch: Int, _ parameters: ParameterVector<Scalar>,
        _ gradient: ParameterVector<Scalar>, into dx: Matrix<Scalar>?
    ) {
        dy.rectifyBackward(outputs: y)
        for offset in 0..<kernel {
            tap(offset, of: gradient).assignProduct(  // (1)
                x.rows(from: offset * batch, count: y.rows), dy, transposingLeft: true, accumulating: true)
        }
        gradient[bias].addRowSums(of: dy)  // (2)
        guard let dx else { return }
        dx.fill(with: 0)
        for offset in 0..<kernel {
            dx.rows(from: offset * batch, count: y.rows).assignProduct(  // (3)
                dy, tap(offset, of: parameters), transposingRight: true, accumulating: true)
        }
    }

    /// Wₖ, or its gradient.
    @inlinable
    func tap<Scalar>(_ offset: Int, of parameters: ParameterVector<Scalar>) -> Matrix<Scalar> {
        parameters[weight].rows(from: offset * inputs, count: inputs)
    }
}
