#include "kernels.h"

// One body, three machine codes. The thread sanitizer crashes on the resolver that chooses between them, and other
// systems have no such resolver: there the baseline serves.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define NO_CLONES
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(NO_CLONES)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define KERNEL
#endif
#define VECTORISE _Pragma("clang loop vectorize(assume_safety) vectorize_width(16) interleave(disable)")
#define VECTORISE_BY_FOUR _Pragma("clang loop vectorize(assume_safety) vectorize_width(4) interleave(disable)")
#define INLINE static inline __attribute__((always_inline))

// tanh as a quotient of polynomials of degree 13 and 6 (the coefficients of Eigen's ptanh_float); error below 3e-7.
// Comparisons are written so that a NaN stays a NaN and the update can report it.
INLINE float hyperbolic_tangent(float x) {
    x = x > 7.90531110763549805f ? 7.90531110763549805f : x;
    x = x < -7.90531110763549805f ? -7.90531110763549805f : x;
    float s = x * x;
    float p = s * -2.76076847742355e-16f + 2.00018790482477e-13f;
    p = p * s + -8.60467152213735e-11f;
    p = p * s + 5.12229709037114e-08f;
    p = p * s + 1.48572235717979e-05f;
    p = p * s + 6.37261928875436e-04f;
    p = p * s + 4.89352455891786e-03f;
    float q = s * 1.19825839466702e-06f + 1.18534705686654e-04f;
    q = q * s + 2.26843463243900e-03f;
    q = q * s + 4.89352518554385e-03f;
    return x * p / q;
}

INLINE float logistic(float x) { return 0.5f + 0.5f * hyperbolic_tangent(0.5f * x); }

// Runs a body for each unit j of a row: sixteen at a time, then four, then one. Small layers are often no multiple of sixteen
// wide, and one unit takes as long as sixteen: with 20 units this is twice as fast. Masked steps gain nothing.
#define FOR_UNITS(...)                                                                                                 \
    VECTORISE                                                                                                          \
    for (long j = 0; j < (units & ~15L); j++) __VA_ARGS__                                                              \
    VECTORISE_BY_FOUR                                                                                                  \
    for (long j = units & ~15L; j < units; j++) __VA_ARGS__

KERNEL void kernel_gru_forward(long rows, long units, float *restrict gates, const float *restrict recurrent,
                               const float *restrict input_bias, const float *restrict recurrent_bias,
                               const float *restrict previous, float *restrict next) {
    for (long row = 0; row < rows; row++) {
        float *restrict gate = gates + row * 4 * units;
        const float *restrict from_state = recurrent + row * 3 * units;
        const float *restrict before = previous + row * units;
        float *restrict after = next + row * units;
        FOR_UNITS({
            float product = from_state[j] + recurrent_bias[j];
            float r = logistic(gate[units + j] + input_bias[j] + from_state[units + j] + recurrent_bias[units + j]);
            float z = logistic(gate[2 * units + j] + input_bias[units + j] + from_state[2 * units + j] +
                               recurrent_bias[2 * units + j]);
            float n = hyperbolic_tangent(gate[3 * units + j] + input_bias[2 * units + j] + r * product);
            gate[j] = product;
            gate[units + j] = r;
            gate[2 * units + j] = z;
            gate[3 * units + j] = n;
            after[j] = n + z * (before[j] - n);
        })
    }
}

KERNEL void kernel_gru_backward(long rows, long units, float *restrict gates, const float *restrict previous,
                                float *restrict state_gradient) {
    for (long row = 0; row < rows; row++) {
        float *restrict gate = gates + row * 4 * units;
        const float *restrict before = previous + row * units;
        float *restrict gradient = state_gradient + row * units;
        FOR_UNITS({
            float product = gate[j], r = gate[units + j], z = gate[2 * units + j], n = gate[3 * units + j];
            float dh = gradient[j];
            float dn = dh * (1 - z) * (1 - n * n);
            float dz = dh * (before[j] - n) * z * (1 - z);
            float dr = dn * product * r * (1 - r);
            gate[j] = dn * r;
            gate[units + j] = dr;
            gate[2 * units + j] = dz;
            gate[3 * units + j] = dn;
            gradient[j] = dh * z;
        })
    }
}

KERNEL void kernel_lstm_forward(long rows, long units, float *restrict gates, const float *restrict bias,
                                const float *restrict previous, float *restrict next, float *restrict state) {
    for (long row = 0; row < rows; row++) {
        float *restrict gate = gates + row * 4 * units;
        const float *restrict before = previous + row * units;
        float *restrict after = next + row * units;
        float *restrict output = state + row * units;
        FOR_UNITS({
            float i = logistic(gate[j] + bias[j]);
            float f = logistic(gate[units + j] + bias[units + j]);
            float g = hyperbolic_tangent(gate[2 * units + j] + bias[2 * units + j]);
            float o = logistic(gate[3 * units + j] + bias[3 * units + j]);
            float cell = f * before[j] + i * g;
            gate[j] = i;
            gate[units + j] = f;
            gate[2 * units + j] = g;
            gate[3 * units + j] = o;
            after[j] = cell;
            output[j] = o * hyperbolic_tangent(cell);
        })
    }
}

KERNEL void kernel_lstm_backward(long rows, long units, float *restrict gates, const float *restrict previous,
                                 const float *restrict next, const float *restrict state_gradient,
                                 float *restrict cell_gradient) {
    for (long row = 0; row < rows; row++) {
        float *restrict gate = gates + row * 4 * units;
        const float *restrict before = previous + row * units;
        const float *restrict after = next + row * units;
        const float *restrict dh = state_gradient + row * units;
        float *restrict dc = cell_gradient + row * units;
        FOR_UNITS({
            float i = gate[j], f = gate[units + j], g = gate[2 * units + j], o = gate[3 * units + j];
            float t = hyperbolic_tangent(after[j]);
            float cell = dc[j] + dh[j] * o * (1 - t * t);
            gate[j] = cell * g * i * (1 - i);
            gate[units + j] = cell * before[j] * f * (1 - f);
            gate[2 * units + j] = cell * i * (1 - g * g);
            gate[3 * units + j] = dh[j] * t * o * (1 - o);
            dc[j] = cell * f;
        })
    }
}

KERNEL void kernel_add_bias(long rows, long columns, const float *restrict bias, float *restrict values) {
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) values[row * columns + j] += bias[j];
}

KERNEL void kernel_add_bias_rectify(long rows, long columns, const float *restrict bias, float *restrict values) {
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) {
            float value = values[row * columns + j] + bias[j];
            values[row * columns + j] = value < 0 ? 0 : value;
        }
}

KERNEL void kernel_rectify_backward(long count, const float *restrict outputs, float *restrict gradient) {
    for (long i = 0; i < count; i++) gradient[i] = outputs[i] > 0 ? gradient[i] : 0;
}

KERNEL void kernel_add(long count, const float *restrict source, float *restrict destination) {
    for (long i = 0; i < count; i++) destination[i] += source[i];
}

KERNEL void kernel_add_gathered_rows(long rows, long columns, const int *restrict places, const float *restrict source,
                                     float *restrict destination) {
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) destination[row * columns + j] += source[places[row] * columns + j];
}

KERNEL void kernel_add_scattered_rows(long rows, long columns, const int *restrict places, const float *restrict source,
                                      float *restrict destination) {
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) destination[places[row] * columns + j] += source[row * columns + j];
}

KERNEL void kernel_multiply(long count, const float *restrict factors, float *restrict values) {
    for (long i = 0; i < count; i++) values[i] *= factors[i];
}

// Products of tall matrices with one to four columns, whose time libraries made for large ones spend on packing. Both widths are
// constants to the loops below, so that rows are vectorised.
#define FOR_WIDTH(WIDTH, CALL)                                                                                         \
    switch (WIDTH) {                                                                                                   \
    case 1: CALL(1); break;                                                                                            \
    case 2: CALL(2); break;                                                                                            \
    case 3: CALL(3); break;                                                                                            \
    case 4: CALL(4); break;                                                                                            \
    }

INLINE void narrow_product(long rows, const long inner, const long columns, int accumulating,
                           const float *restrict left, const float *restrict right, float *restrict result) {
    float factor[16];
    for (long i = 0; i < inner * columns; i++) factor[i] = right[i];
    VECTORISE
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) {
            float sum = accumulating ? result[row * columns + j] : 0;
            for (long k = 0; k < inner; k++) sum += left[row * inner + k] * factor[k * columns + j];
            result[row * columns + j] = sum;
        }
}

INLINE void narrow_product_of(long rows, const long inner, long columns, int accumulating, const float *restrict left,
                              const float *restrict right, float *restrict result) {
#define PRODUCT(COLUMNS) narrow_product(rows, inner, COLUMNS, accumulating, left, right, result)
    FOR_WIDTH(columns, PRODUCT)
}

// result = left right, or result + left right.
KERNEL void kernel_narrow_product(long rows, long inner, long columns, int accumulating, const float *restrict left,
                                  const float *restrict right, float *restrict result) {
#define PRODUCT_OF(INNER) narrow_product_of(rows, INNER, columns, accumulating, left, right, result)
    FOR_WIDTH(inner, PRODUCT_OF)
}

// Sixteen partial sums, so that the order of additions is the same whatever the width of the registers.
INLINE void narrow_sums(long rows, const long width, const long columns, const float *restrict left,
                        const float *restrict right, float *restrict sums) {
    float partial[16][16] = {{0}};
    long row = 0;
    for (; row + 16 <= rows; row += 16)
        for (long i = 0; i < width; i++)
            for (long j = 0; j < columns; j++)
                for (long lane = 0; lane < 16; lane++)
                    partial[i * columns + j][lane] +=
                        left[(row + lane) * width + i] * right[(row + lane) * columns + j];
    for (; row < rows; row++)
        for (long i = 0; i < width; i++)
            for (long j = 0; j < columns; j++)
                partial[i * columns + j][0] += left[row * width + i] * right[row * columns + j];
    for (long i = 0; i < width * columns; i++) {
        float sum = 0;
        for (long lane = 0; lane < 16; lane++) sum += partial[i][lane];
        sums[i] += sum;
    }
}

INLINE void narrow_sums_of(long rows, const long width, long columns, const float *restrict left,
                           const float *restrict right, float *restrict sums) {
#define SUMS(COLUMNS) narrow_sums(rows, width, COLUMNS, left, right, sums)
    FOR_WIDTH(columns, SUMS)
}

// sums + transposed left, times right.
KERNEL void kernel_narrow_sums(long rows, long width, long columns, const float *restrict left,
                               const float *restrict right, float *restrict sums) {
#define SUMS_OF(WIDTH) narrow_sums_of(rows, WIDTH, columns, left, right, sums)
    FOR_WIDTH(width, SUMS_OF)
}

INLINE void narrow_row_sums(long rows, const long columns, const float *restrict values, float *restrict sums) {
    float partial[4][16] = {{0}};
    long row = 0;
    for (; row + 16 <= rows; row += 16)
        for (long j = 0; j < columns; j++)
            for (long lane = 0; lane < 16; lane++) partial[j][lane] += values[(row + lane) * columns + j];
    for (; row < rows; row++)
        for (long j = 0; j < columns; j++) partial[j][0] += values[row * columns + j];
    for (long j = 0; j < columns; j++) {
        float sum = 0;
        for (long lane = 0; lane < 16; lane++) sum += partial[j][lane];
        sums[j] += sum;
    }
}

KERNEL void kernel_sum_rows(long rows, long columns, long stride, const float *restrict values, float *restrict sums) {
    if (rows >= 1024 && columns <= 4 && stride == columns) {
#define ROW_SUMS(COLUMNS) narrow_row_sums(rows, COLUMNS, values, sums)
        FOR_WIDTH(columns, ROW_SUMS)
        return;
    }
    for (long row = 0; row < rows; row++)
        for (long j = 0; j < columns; j++) sums[j] += values[row * stride + j];
}

// Sixteen partial sums, so that the order of additions is the same whatever the width of the registers.
KERNEL double kernel_sum_of_squares(long count, const float *restrict values) {
    double partial[16] = {0};
    long i = 0;
    for (; i + 16 <= count; i += 16)
        for (long lane = 0; lane < 16; lane++) partial[lane] += (double)values[i + lane] * (double)values[i + lane];
    double sum = 0;
    for (long lane = 0; lane < 16; lane++) sum += partial[lane];
    for (; i < count; i++) sum += (double)values[i] * (double)values[i];
    return sum;
}

KERNEL void kernel_adam(long count, const float *restrict gradient, float scale, float first_decay, float second_decay,
                        float step_size, float second_correction, float epsilon, float *restrict first,
                        float *restrict second, float *restrict parameters) {
    VECTORISE
    for (long i = 0; i < count; i++) {
        float g = gradient[i] * scale;
        float m = first[i] + (1 - first_decay) * (g - first[i]);
        float v = second[i] + (1 - second_decay) * (g * g - second[i]);
        first[i] = m;
        second[i] = v;
        parameters[i] -= step_size * m / (__builtin_elementwise_sqrt(v * second_correction) + epsilon);
    }
}

KERNEL void kernel_interpolate(long count, float rate, const float *restrict source, float *restrict destination) {
    for (long i = 0; i < count; i++) destination[i] += rate * (source[i] - destination[i]);
}

KERNEL void kernel_transpose(long rows, long columns, const float *restrict source, float *restrict destination) {
    for (long column = 0; column < columns; column++)
        for (long row = 0; row < rows; row++) destination[column * rows + row] = source[row * columns + column];
}

// The outer loop follows the result, which is written once; the table is read from the cache.
KERNEL void kernel_exchange_axes(long first, long second, long columns, const float *restrict source,
                                 float *restrict destination) {
    for (long b = 0; b < second; b++)
        for (long a = 0; a < first; a++) {
            const float *restrict from = source + (a * second + b) * columns;
            float *restrict to = destination + (b * first + a) * columns;
            for (long j = 0; j < columns; j++) to[j] = from[j];
        }
}

KERNEL void kernel_gather_windows(long windows, long steps, long columns, const float *restrict table,
                                  const int *restrict ends, long window_stride, long step_stride,
                                  float *restrict result) {
    for (long step = 0; step < steps; step++)
        for (long window = 0; window < windows; window++) {
            const float *restrict from = table + (ends[window] + 1 - steps + step) * columns;
            float *restrict to = result + window * window_stride + step * step_stride;
            for (long j = 0; j < columns; j++) to[j] = from[j];
        }
}

// In double precision: the mean is close to every value, and their difference is what counts.
KERNEL void kernel_gather_relative_windows(long windows, long steps, long columns, const float *restrict table,
                                           const int *restrict ends, long window_stride, long step_stride,
                                           float *restrict result) {
    for (long window = 0; window < windows; window++) {
        const float *restrict first = table + (ends[window] + 1 - steps) * columns;
        for (long j = 0; j < columns; j++) {
            double sum = 0;
            for (long step = 0; step < steps; step++) sum += first[step * columns + j];
            double mean = sum / steps, factor = 100 / mean;
            float *restrict to = result + window * window_stride + j;
            for (long step = 0; step < steps; step++)
                to[step * step_stride] = (float)((first[step * columns + j] - mean) * factor);
        }
    }
}
