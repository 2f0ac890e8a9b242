// backward_product: one thread's 8x8 tile of dX = dY W, dY (rows, depth), W (depth, columns), both row-major
// The kernel that includes this text gives
//   BACKWARD_ROWS, BACKWARD_COLUMNS, BACKWARD_DEPTH   sizes; columns and depth are multiples of 4, rows are any
//   backward_left_start(row), backward_left(i)        first vec4 of a row of dY, and a vec4 by index
//   backward_right_start(k), backward_right(i)        the same for W
//   backward_store(row, column, value)                the epilogue, called once for each four columns in bounds

fn backward_left_block(start: vec4u, k: u32) -> mat4x4f {
  return mat4x4f(
    backward_left(start.x + k), backward_left(start.y + k), backward_left(start.z + k), backward_left(start.w + k));
}

fn backward_right_block(column: u32, k: u32) -> mat4x4f {
  return mat4x4f(
    backward_right(backward_right_start(k) + column), backward_right(backward_right_start(k + 1u) + column),
    backward_right(backward_right_start(k + 2u) + column), backward_right(backward_right_start(k + 3u) + column));
}

// Rows and columns past the edge repeat the last one; their results are not stored.
fn backward_left_starts(row: u32) -> vec4u {
  let r = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(BACKWARD_ROWS - 1u));
  return vec4u(
    backward_left_start(r.x), backward_left_start(r.y), backward_left_start(r.z), backward_left_start(r.w));
}

fn backward_store_block(row: u32, column: u32, block: mat4x4f) {
  if (column >= BACKWARD_COLUMNS) { return; }
  if (row < BACKWARD_ROWS) { backward_store(row, column, block[0]); }
  if (row + 1u < BACKWARD_ROWS) { backward_store(row + 1u, column, block[1]); }
  if (row + 2u < BACKWARD_ROWS) { backward_store(row + 2u, column, block[2]); }
  if (row + 3u < BACKWARD_ROWS) { backward_store(row + 3u, column, block[3]); }
}

fn backward_tile(row: u32, column: u32) {
  if (row >= BACKWARD_ROWS || column >= BACKWARD_COLUMNS) { return; }
  let left0 = backward_left_starts(row);
  let left1 = backward_left_starts(row + 4u);
  let column0 = column / 4u;
  let column1 = min(column + 4u, BACKWARD_COLUMNS - 4u) / 4u;
  var x00 = mat4x4f();
  var x01 = mat4x4f();
  var x10 = mat4x4f();
  var x11 = mat4x4f();
  for (var k = 0u; k < BACKWARD_DEPTH / 4u; k++) {
    let a0 = backward_left_block(left0, k);
    let a1 = backward_left_block(left1, k);
    let b0 = backward_right_block(column0, 4u * k);
    let b1 = backward_right_block(column1, 4u * k);
    x00 = multiply_add(x00, a0, b0);
    x01 = multiply_add(x01, a0, b1);
    x10 = multiply_add(x10, a1, b0);
    x11 = multiply_add(x11, a1, b1);
  }
  backward_store_block(row, column, x00);
  backward_store_block(row, column + 4u, x01);
  backward_store_block(row + 4u, column, x10);
  backward_store_block(row + 4u, column + 4u, x11);
}
