// subgroups, for PASS: 16 rows x 4 columns a thread, left in 16 pieces (vec4s), of which lane i loads i, i + LANES ..

// Piece p is row p over four depths where left is deep, else depth p % 4 of the p / 4-th four rows.
fn pass_piece_at(row: u32, p: u32) -> u32 {
  if (PASS_LEFT_DEEP) { return pass_left_start(min(row + p, PASS_ROWS - 1u)); }
  return min(row + p / 4u * 4u, PASS_ROWS - 4u) / 4u;
}

fn pass_piece(at: u32, p: u32, k: u32, end: u32) -> vec4f {
  if (PASS_LEFT_DEEP) { return pass_left(at + k / 4u); }
  return pass_left_column(at, k + p % 4u, end);
}

// Four pieces as a block of left, whose [i] is row i.
fn pass_left_rows(pieces: mat4x4f) -> mat4x4f {
  if (PASS_LEFT_DEEP) { return pieces; }
  return transpose(pieces);
}

fn pass_product(group: vec3u, thread: Thread, begin: u32, end: u32) {
  let row = 16u * group.y;
  let column = 4u * (group.x * WX + thread.local.x);
  let p = thread.lane % LANES;
  let at0 = pass_piece_at(row, p);
  let at1 = pass_piece_at(row, p + LANES);
  let at2 = pass_piece_at(row, p + 2u * LANES);
  let at3 = pass_piece_at(row, p + 3u * LANES);
  let right = pass_right_at(column);
  var y0 = pass_initial_block(column);
  var y1 = y0;
  var y2 = y0;
  var y3 = y0;
  // Of the pieces of this lane, over the depth: each lane sums every fourth depth of four rows.
  var sums = mat4x4f();
  for (var k = begin; k < end; k += 4u) {
    // Never so. But llvmpipe, the adapter with subgroups of eight, keeps every sum twice, and copies all of them each trip,
    // when an epilogue computes with what a loop of a single exit leaves behind: a sixth slower.
    if (LANES == 8u && row >= PASS_ROWS) { break; }
    let b = pass_right_block(right, k, end);
    let piece0 = pass_piece(at0, p, k, end);
    let piece1 = pass_piece(at1, p, k, end);
    if (!PASS_LEFT_DEEP) {
      sums[0] += piece0;
      sums[1] += piece1;
    }
    let a0 = pass_left_rows(lanes_0_to_3(piece0));
    y0 = multiply_add(y0, a0, b);
    var pieces = mat4x4f();
    if (LANES == 8u) { pieces = lanes_4_to_7(piece0); } else { pieces = lanes_0_to_3(piece1); }
    let a1 = pass_left_rows(pieces);
    y1 = multiply_add(y1, a1, b);
    if (LANES == 8u) {
      pieces = lanes_0_to_3(piece1);
    } else {
      let piece2 = pass_piece(at2, p, k, end);
      if (!PASS_LEFT_DEEP) { sums[2] += piece2; }
      pieces = lanes_0_to_3(piece2);
    }
    let a2 = pass_left_rows(pieces);
    y2 = multiply_add(y2, a2, b);
    if (LANES == 8u) {
      pieces = lanes_4_to_7(piece1);
    } else {
      let piece3 = pass_piece(at3, p, k, end);
      if (!PASS_LEFT_DEEP) { sums[3] += piece3; }
      pieces = lanes_0_to_3(piece3);
    }
    let a3 = pass_left_rows(pieces);
    y3 = multiply_add(y3, a3, b);
  }
  if (!PASS_LEFT_DEEP) { left_sums = sums_of_lanes(sums); }
  // Blocks come to y0 one after another, rows to its first: an epilogue that is written out once, not 16 times, takes a
  // software adapter's compiler half the time, and stays in the instruction cache.
  for (var i = 0u; i < 4u; i++) {
    pass_store_rows(row + 4u * i, column, y0);
    y0 = y1;
    y1 = y2;
    y2 = y3;
  }
}

fn pass_store_rows(row: u32, column: u32, block: mat4x4f) {
  if (PASS_COLUMNS % GROUP_COLUMNS == 0u || column < PASS_COLUMNS) {
    var y = block;
    for (var i = 0u; i < 4u; i++) {
      if (PASS_ROWS % GROUP_ROWS == 0u || row + i < PASS_ROWS) { pass_store(row + i, column, y[0]); }
      y = mat4x4f(y[1], y[2], y[3], y[0]);
    }
  }
}
