// forward_product: one thread's 8x8 tile of Y = X W^T, X (rows, depth), W (columns, depth), both row-major
// The kernel that includes this text gives
//   FORWARD_ROWS, FORWARD_COLUMNS, FORWARD_DEPTH    sizes; columns and depth are multiples of 4, rows are any
//   forward_left_start(row), forward_left(i)        first vec4 of a row of X, and a vec4 by index
//   forward_right_start(column), forward_right(i)   the same for W
//   forward_store(row, column, value)               the epilogue, called once for each four columns in bounds

fn forward_left_block(start: vec4u, k: u32) -> mat4x4f {
  return mat4x4f(
    forward_left(start.x + k), forward_left(start.y + k), forward_left(start.z + k), forward_left(start.w + k));
}

fn forward_right_block(start: vec4u, k: u32) -> mat4x4f {
  return transpose(mat4x4f(
    forward_right(start.x + k), forward_right(start.y + k), forward_right(start.z + k), forward_right(start.w + k)));
}

// Rows and columns past the edge repeat the last one; their results are not stored.
fn forward_left_starts(row: u32) -> vec4u {
  let r = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(FORWARD_ROWS - 1u));
  return vec4u(
    forward_left_start(r.x), forward_left_start(r.y), forward_left_start(r.z), forward_left_start(r.w));
}

fn forward_right_starts(column: u32) -> vec4u {
  let c = min(column, FORWARD_COLUMNS - 4u);
  return vec4u(
    forward_right_start(c), forward_right_start(c + 1u), forward_right_start(c + 2u), forward_right_start(c + 3u));
}

fn forward_store_block(row: u32, column: u32, block: mat4x4f) {
  if (column >= FORWARD_COLUMNS) { return; }
  if (row < FORWARD_ROWS) { forward_store(row, column, block[0]); }
  if (row + 1u < FORWARD_ROWS) { forward_store(row + 1u, column, block[1]); }
  if (row + 2u < FORWARD_ROWS) { forward_store(row + 2u, column, block[2]); }
  if (row + 3u < FORWARD_ROWS) { forward_store(row + 3u, column, block[3]); }
}

fn forward_tile(row: u32, column: u32) {
  if (row >= FORWARD_ROWS || column >= FORWARD_COLUMNS) { return; }
  let left0 = forward_left_starts(row);
  let left1 = forward_left_starts(row + 4u);
  let right0 = forward_right_starts(column);
  let right1 = forward_right_starts(column + 4u);
  var y00 = mat4x4f();
  var y01 = mat4x4f();
  var y10 = mat4x4f();
  var y11 = mat4x4f();
  for (var k = 0u; k < FORWARD_DEPTH / 4u; k++) {
    let a0 = forward_left_block(left0, k);
    let a1 = forward_left_block(left1, k);
    let b0 = forward_right_block(right0, k);
    let b1 = forward_right_block(right1, k);
    y00 = multiply_add(y00, a0, b0);
    y01 = multiply_add(y01, a0, b1);
    y10 = multiply_add(y10, a1, b0);
    y11 = multiply_add(y11, a1, b1);
  }
  forward_store_block(row, column, y00);
  forward_store_block(row, column + 4u, y01);
  forward_store_block(row + 4u, column, y10);
  forward_store_block(row + 4u, column + 4u, y11);
}
