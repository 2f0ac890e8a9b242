// operands: 4x4 blocks of the two factors of PASS, Y (rows, columns) = left (rows, depth) right (depth, columns)
// Included once a pass, under its name: `forward_` stands for `pass_`, `FORWARD_` for `PASS_`.
// The kernel gives
//   PASS_ROWS, PASS_COLUMNS       sizes; columns are a multiple of 4, rows too where left is not deep
//   PASS_DEPTH                    what the length of every range of the depth is a multiple of, as far as powers of two go
//   PASS_LEFT_DEEP                whether left is stored (rows, depth), else (depth, rows)
//   pass_left_start(i)            vec4 index of the first number of left's row i as stored
//   pass_left(i)                  a vec4 of left by index
//   PASS_RIGHT_DEEP, pass_right_start(i), pass_right(i)     the same for right, deep: (columns, depth)
//   PASS_RAGGED                   whether the depth may end inside a block of 4 (neither factor is deep then)
//   pass_initial(column)          what the sums of four columns start with: the bias, or zero
//   pass_store(row, column, y)    the epilogue, called once for each four neighbouring results in bounds
// and calls pass_product(group, thread, begin, end) with the range of the depth, which begins at a multiple of 4.
// The form gives GROUP_ROWS, GROUP_COLUMNS, the results a workgroup covers; where they divide the sizes no edge is tested.
// Past the edges the last row or column is repeated; such results are not stored.

// Where four rows of left begin; the same for each depth.
fn pass_left_at(row: u32) -> vec4u {
  if (PASS_LEFT_DEEP) {
    let r = min(vec4u(row, row + 1u, row + 2u, row + 3u), vec4u(PASS_ROWS - 1u));
    return vec4u(pass_left_start(r.x), pass_left_start(r.y), pass_left_start(r.z), pass_left_start(r.w));
  }
  return vec4u(min(row, PASS_ROWS - 4u) / 4u);
}

fn pass_right_at(column: u32) -> vec4u {
  let c = min(column, PASS_COLUMNS - 4u);
  if (PASS_RIGHT_DEEP) {
    return vec4u(pass_right_start(c), pass_right_start(c + 1u), pass_right_start(c + 2u), pass_right_start(c + 3u));
  }
  return vec4u(c / 4u);
}

// The last depth stands in for depths past the end, where left counts as zero.
fn pass_depth(k: u32, end: u32) -> u32 {
  if (PASS_RAGGED) { return min(k, end - 1u); }
  return k;
}

fn pass_left_column(at: u32, k: u32, end: u32) -> vec4f {
  let column = pass_left(pass_left_start(pass_depth(k, end)) + at);
  if (PASS_RAGGED) { return select(vec4f(), column, k < end); }
  return column;
}

// Four rows over depths k to k + 3: [i] is row i.
fn pass_left_block(at: vec4u, k: u32, end: u32) -> mat4x4f {
  if (PASS_LEFT_DEEP) {
    let i = at + k / 4u;
    return mat4x4f(pass_left(i.x), pass_left(i.y), pass_left(i.z), pass_left(i.w));
  }
  return transpose(mat4x4f(
    pass_left_column(at.x, k, end), pass_left_column(at.x, k + 1u, end),
    pass_left_column(at.x, k + 2u, end), pass_left_column(at.x, k + 3u, end)));
}

fn pass_right_row(at: u32, k: u32, end: u32) -> vec4f {
  return pass_right(pass_right_start(pass_depth(k, end)) + at);
}

// Depths k to k + 3 over four columns: [q] is depth k + q.
fn pass_right_block(at: vec4u, k: u32, end: u32) -> mat4x4f {
  if (PASS_RIGHT_DEEP) {
    let i = at + k / 4u;
    return transpose(mat4x4f(pass_right(i.x), pass_right(i.y), pass_right(i.z), pass_right(i.w)));
  }
  return mat4x4f(
    pass_right_row(at.x, k, end), pass_right_row(at.x, k + 1u, end),
    pass_right_row(at.x, k + 2u, end), pass_right_row(at.x, k + 3u, end));
}

// A block of sums before the first product.
fn pass_initial_block(column: u32) -> mat4x4f {
  var within = column;
  if (PASS_COLUMNS % GROUP_COLUMNS != 0u) { within = min(column, PASS_COLUMNS - 4u); }
  let initial = pass_initial(within);
  return mat4x4f(initial, initial, initial, initial);
}

fn pass_store_block(row: u32, column: u32, block: mat4x4f) {
  if (PASS_COLUMNS % GROUP_COLUMNS == 0u || column < PASS_COLUMNS) {
    if (PASS_ROWS % GROUP_ROWS == 0u) {
      pass_store(row, column, block[0]);
      pass_store(row + 1u, column, block[1]);
      pass_store(row + 2u, column, block[2]);
      pass_store(row + 3u, column, block[3]);
    } else {
      if (row < PASS_ROWS) { pass_store(row, column, block[0]); }
      if (row + 1u < PASS_ROWS) { pass_store(row + 1u, column, block[1]); }
      if (row + 2u < PASS_ROWS) { pass_store(row + 2u, column, block[2]); }
      if (row + 3u < PASS_ROWS) { pass_store(row + 3u, column, block[3]); }
    }
  }
}
