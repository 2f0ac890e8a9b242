// embedding: x[n] = E[token[n]]; backward dE[token[n]] += dx[n], rows in their order
// shapes     tokens (N) one byte each, E dE (V,C), x dx (N,C)
// Beside it, what adds rows: y[n] = x[n] + a + b, the biases of a block's last product.

export function embeddingForward(tokens: usize, table: usize, x: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let n = 0; n < rows; n++) {
    memory.copy(x, table + <usize>load<u8>(tokens + n) * bytes, bytes);
    x += bytes;
  }
}

export function embeddingBackward(tokens: usize, dx: usize, table: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let n = 0; n < rows; n++) {
    const to = table + <usize>load<u8>(tokens + n) * bytes;
    for (let c: usize = 0; c < bytes; c += 16) v128.store(to + c, f32x4.add(v128.load(to + c), v128.load(dx + c)));
    dx += bytes;
  }
}

export function addBiases(x: usize, a: usize, b: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let n = 0; n < rows; n++) {
    for (let c: usize = 0; c < bytes; c += 16) {
      v128.store(x + c, f32x4.add(v128.load(x + c), f32x4.add(v128.load(a + c), v128.load(b + c))));
    }
    x += bytes;
  }
}

export function clear(place: usize, bytes: usize): void {
  memory.fill(place, 0, bytes);
}
