// slope: where in_proj leaves the derivative of GELU for out_proj's backward pass, (R, N/4 rounded up, C, 4) vec4s
// Four rows of four columns lie together, 64 bytes: both kernels make their results in such blocks, so each is whole
// cache lines that follow one another, where rows would be a kilobyte apart.
// The kernel that includes this text gives  override N, C.

fn slope_at(row: u32, column: u32) -> u32 {
  return ((run * ((N + 3u) / 4u) + row / 4u) * C + column / 4u) * 4u + row % 4u;
}
