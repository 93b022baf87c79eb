#ifndef TRADER_KERNELS_H
#define TRADER_KERNELS_H

// Element-wise passes over single-precision memory, compiled for several processors and chosen when the program loads.
// Formulas, shapes and the slow twins are documented where Swift calls them: TensorCore/NumericScalar.swift.

void kernel_gru_forward(long rows, long units, float *gates, const float *recurrent, const float *input_bias,
                        const float *recurrent_bias, const float *previous, float *next);
void kernel_gru_backward(long rows, long units, float *gates, const float *previous, float *state_gradient);
void kernel_lstm_forward(long rows, long units, float *gates, const float *bias, const float *previous, float *next,
                         float *state);
void kernel_lstm_backward(long rows, long units, float *gates, const float *previous, const float *next,
                          const float *state_gradient, float *cell_gradient);
void kernel_add_bias(long rows, long columns, const float *bias, float *values);
void kernel_add_bias_rectify(long rows, long columns, const float *bias, float *values);
void kernel_rectify_backward(long count, const float *outputs, float *gradient);
void kernel_add(long count, const float *source, float *destination);
void kernel_add_gathered_rows(long rows, long columns, const int *places, const float *source, float *destination);
void kernel_add_scattered_rows(long rows, long columns, const int *places, const float *source, float *destination);
void kernel_multiply(long count, const float *factors, float *values);
void kernel_narrow_product(long rows, long inner, long columns, int accumulating, const float *left, const float *right,
                           float *result);
void kernel_narrow_sums(long rows, long width, long columns, const float *left, const float *right, float *sums);
void kernel_sum_rows(long rows, long columns, long stride, const float *values, float *sums);
double kernel_sum_of_squares(long count, const float *values);
void kernel_adam(long count, const float *gradient, float scale, float first_decay, float second_decay, float step_size,
                 float second_correction, float epsilon, float *first, float *second, float *parameters);
void kernel_interpolate(long count, float rate, const float *source, float *destination);
void kernel_transpose(long rows, long columns, const float *source, float *destination);
void kernel_exchange_axes(long first, long second, long columns, const float *source, float *destination);
void kernel_gather_windows(long windows, long steps, long columns, const float *table, const int *ends,
                           long window_stride, long step_stride, float *result);
void kernel_gather_relative_windows(long windows, long steps, long columns, const float *table, const int *ends,
                                    long window_stride, long step_stride, float *result);

#endif
