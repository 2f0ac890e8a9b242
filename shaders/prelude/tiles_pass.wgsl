// tiles, for PASS: the workgroup loads DEPTH depths of both factors at a time, two vec4s of each a thread

const_assert PASS_LEFT_DEEP || !PASS_RIGHT_DEEP;

// Where a thread's vec4 lies in storage at depth k.
fn pass_left_place(row: u32, k: u32, spot: Spot) -> u32 {
  if (PASS_LEFT_DEEP) {
    var line = row + 4u * spot.group + spot.line;
    if (PASS_ROWS % TILE != 0u) { line = min(line, PASS_ROWS - 1u); }
    return pass_left_start(line) + k / 4u + spot.quad;
  }
  var group = row / 4u + spot.group;
  if (PASS_ROWS % TILE != 0u) { group = min(group, PASS_ROWS / 4u - 1u); }
  return pass_left_start(k + spot.depth) + group;
}

fn pass_right_place(column: u32, k: u32, spot: Spot) -> u32 {
  if (PASS_RIGHT_DEEP) {
    var line = column + 4u * spot.group + spot.line;
    if (PASS_COLUMNS % TILE != 0u) { line = min(line, PASS_COLUMNS - 1u); }
    return pass_right_start(line) + k / 4u + spot.quad;
  }
  var group = column / 4u + spot.group;
  if (PASS_COLUMNS % TILE != 0u) { group = min(group, PASS_COLUMNS / 4u - 1u); }
  return pass_right_start(k + spot.depth) + group;
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

// Four depths. Values are read shortly before their use: the fewer a thread holds, the more threads a GPU holds.
fn pass_quad(sum: mat4x4f, part: u32, d: u32, local: vec3u) -> mat4x4f {
  var y = sum;
  if (PASS_LEFT_DEEP) {
    let b = right_tile_block(part, d, local.x, PASS_RIGHT_DEEP);
    y[0] = multiply_add_row(y[0], left_tile[part][d][local.y], b);
    y[1] = multiply_add_row(y[1], left_tile[part][d + 1u][local.y], b);
    y[2] = multiply_add_row(y[2], left_tile[part][d + 2u][local.y], b);
    y[3] = multiply_add_row(y[3], left_tile[part][d + 3u][local.y], b);
    return y;
  }
  y = tile_depth(y, left_tile[part][d][local.y], right_tile[part][d][local.x]);
  y = tile_depth(y, left_tile[part][d + 1u][local.y], right_tile[part][d + 1u][local.x]);
  y = tile_depth(y, left_tile[part][d + 2u][local.y], right_tile[part][d + 2u][local.x]);
  y = tile_depth(y, left_tile[part][d + 3u][local.y], right_tile[part][d + 3u][local.x]);
  return y;
}

fn pass_half(sum: mat4x4f, part: u32, local: vec3u) -> mat4x4f {
  var y = sum;
  for (var d = 0u; d < HALF; d += 4u) { y = pass_quad(y, part, d, local); }
  return y;
}

fn pass_product(group: vec3u, thread: Thread, begin: u32, end: u32) {
  let row = TILE * group.y;
  let column = TILE * group.x;
  let left_spot = tile_spot(thread.index, PASS_LEFT_DEEP);
  let right_spot = tile_spot(thread.index, PASS_RIGHT_DEEP);
  let left_depth = left_spot.depth + left_spot.line;
  let right_depth = right_spot.depth + right_spot.line;
  var left = pass_left_place(row, begin, left_spot);
  var right = pass_right_place(column, begin, right_spot);
  let left_first = pass_left_place(row, begin, Spot(left_spot.group, left_spot.line, 0u, 0u));
  let right_first = pass_right_place(column, begin, Spot(right_spot.group, right_spot.line, 0u, 0u));
  var y = pass_initial_block(column + 4u * thread.local.x);
  for (var k = begin; k < end; k += DEPTH) {
    let l = k + left_spot.depth;
    left_tile[0][left_depth][left_spot.group] = pass_left_within(left, left_first, l, end);
    left += pass_left_stride();
    left_tile[1][left_depth][left_spot.group] = pass_left_within(left, left_first, l + HALF, end);
    left += pass_left_stride();
    let r = k + right_spot.depth;
    right_tile[0][right_depth][right_spot.group] = pass_right_within(right, right_first, r, end);
    right += pass_right_stride();
    right_tile[1][right_depth][right_spot.group] = pass_right_within(right, right_first, r + HALF, end);
    right += pass_right_stride();
    workgroupBarrier();
    y = pass_half(pass_half(y, 0u, thread.local), 1u, thread.local);
    workgroupBarrier();
  }
  pass_store_block(row + 4u * thread.local.y, column + 4u * thread.local.x, y);
}
