// tiles, for PASS: the workgroup loads DEPTH depths of both factors at a time, two vec4s of each a thread

const_assert PASS_LEFT_DEEP || !PASS_RIGHT_DEEP;

// Where a thread's vec4 lies in storage at depth k.
fn pass_left_place(row: u32, k: u32, spot: Spot) -> u32 {
  var line = row + spot.line;
  if (PASS_LEFT_DEEP) {
    if (PASS_ROWS % TILE != 0u) { line = min(line, PASS_ROWS - 1u); }
    return pass_left_start(line) + k / 4u + spot.quad;
  }
  if (PASS_ROWS % TILE != 0u) { line = min(line, PASS_ROWS - 4u); }
  return pass_left_start(k + 4u * spot.quad + spot.depth) + line / 4u;
}

fn pass_right_place(column: u32, k: u32, spot: Spot) -> u32 {
  var line = column + spot.line;
  if (PASS_RIGHT_DEEP) {
    if (PASS_COLUMNS % TILE != 0u) { line = min(line, PASS_COLUMNS - 1u); }
    return pass_right_start(line) + k / 4u + spot.quad;
  }
  if (PASS_COLUMNS % TILE != 0u) { line = min(line, PASS_COLUMNS - 4u); }
  return pass_right_start(k + 4u * spot.quad + spot.depth) + line / 4u;
}

// How far vec4s lie apart in storage across half a tile's depth.
fn pass_left_stride() -> u32 {
  if (PASS_LEFT_DEEP) { return HALF / 4u; }
  return pass_left_start(HALF) - pass_left_start(0u);
}

fn pass_right_stride() -> u32 {
  if (PASS_RIGHT_DEEP) { return HALF / 4u; }
  return pass_right_start(HALF) - pass_right_start(0u);
}

// A vec4 of depth d, or zeros past the end of a range that is no whole number of tiles; `first` is in bounds.
fn pass_left_within(i: u32, first: u32, d: u32, end: u32) -> vec4f {
  if (PASS_DEPTH % DEPTH == 0u) { return pass_left(i); }
  return select(vec4f(), pass_left(select(first, i, d < end)), d < end);
}

fn pass_right_within(i: u32, first: u32, d: u32, end: u32) -> vec4f {
  if (PASS_DEPTH % DEPTH == 0u) { return pass_right(i); }
  return select(vec4f(), pass_right(select(first, i, d < end)), d < end);
}

fn pass_fill_left(part: u32, spot: Spot, value: vec4f) {
  if (PASS_LEFT_DEEP) {
    left_tile[part][spot.quad][spot.line & 3u][spot.line / 4u] = value;
  } else {
    left_tile[part][spot.quad][spot.depth][spot.line / 4u] = value;
  }
}

fn pass_fill_right(part: u32, spot: Spot, value: vec4f) {
  if (PASS_RIGHT_DEEP) {
    right_tile[part][spot.quad][spot.line & 3u][spot.line / 4u] = value;
  } else {
    right_tile[part][spot.quad][spot.depth][spot.line / 4u] = value;
  }
}

// Four depths. Values are read shortly before their use: the fewer a thread holds, the more threads a GPU holds.
fn pass_quad(sum: mat4x4f, part: u32, q: u32, local: vec3u) -> mat4x4f {
  var y = sum;
  if (PASS_LEFT_DEEP) {
    let b = right_tile_block(part, q, local.x, PASS_RIGHT_DEEP);
    y[0] = multiply_add_row(y[0], left_tile[part][q][0][local.y], b);
    y[1] = multiply_add_row(y[1], left_tile[part][q][1][local.y], b);
    y[2] = multiply_add_row(y[2], left_tile[part][q][2][local.y], b);
    y[3] = multiply_add_row(y[3], left_tile[part][q][3][local.y], b);
    return y;
  }
  y = tile_depth(y, left_tile[part][q][0][local.y], right_tile[part][q][0][local.x]);
  y = tile_depth(y, left_tile[part][q][1][local.y], right_tile[part][q][1][local.x]);
  y = tile_depth(y, left_tile[part][q][2][local.y], right_tile[part][q][2][local.x]);
  y = tile_depth(y, left_tile[part][q][3][local.y], right_tile[part][q][3][local.x]);
  return y;
}

fn pass_half(sum: mat4x4f, part: u32, local: vec3u) -> mat4x4f {
  var y = sum;
  for (var q = 0u; q < HALF / 4u; q++) { y = pass_quad(y, part, q, local); }
  return y;
}

fn pass_product(group: vec3u, thread: Thread, begin: u32, end: u32) {
  let row = TILE * group.y;
  let column = TILE * group.x;
  let left_spot = tile_spot(thread.index, PASS_LEFT_DEEP);
  let right_spot = tile_spot(thread.index, PASS_RIGHT_DEEP);
  var left = pass_left_place(row, begin, left_spot);
  var right = pass_right_place(column, begin, right_spot);
  let left_first = pass_left_place(row, begin, Spot(left_spot.line, 0u, 0u));
  let right_first = pass_right_place(column, begin, Spot(right_spot.line, 0u, 0u));
  var y = pass_initial_block(column + 4u * thread.local.x);
  for (var k = begin; k < end; k += DEPTH) {
    let l = k + 4u * left_spot.quad + left_spot.depth;
    let r = k + 4u * right_spot.quad + right_spot.depth;
    pass_fill_left(0u, left_spot, pass_left_within(left, left_first, l, end));
    pass_fill_left(1u, left_spot, pass_left_within(left + pass_left_stride(), left_first, l + HALF, end));
    pass_fill_right(0u, right_spot, pass_right_within(right, right_first, r, end));
    pass_fill_right(1u, right_spot, pass_right_within(right + pass_right_stride(), right_first, r + HALF, end));
    left += 2u * pass_left_stride();
    right += 2u * pass_right_stride();
    workgroupBarrier();
    y = pass_half(pass_half(y, 0u, thread.local), 1u, thread.local);
    workgroupBarrier();
  }
  pass_store_block(row + 4u * thread.local.y, column + 4u * thread.local.x, y);
}
