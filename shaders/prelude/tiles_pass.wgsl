// tiles, for PASS: the workgroup loads 16 depths of both factors at a time, one vec4 (TILE 64) or two (32) a thread each

// Vec4 `i` of a tile as it lies in storage: deep factors run along the depth first, others along rows (columns).
fn pass_load_left(row: u32, k: u32, end: u32, i: u32) {
  if (PASS_LEFT_DEEP) {
    let r = i / 4u;
    let value = pass_left(pass_left_start(min(row + r, PASS_ROWS - 1u)) + min(k / 4u + i % 4u, (end - 1u) / 4u));
    let slot = i % 4u * TILE + r % 4u * SIDE + r / 4u;
    left_tile[slot] = select(vec4f(), value, k + i % 4u * 4u < end);
  } else {
    let d = k + i / SIDE;
    let at = min(row + i % SIDE * 4u, PASS_ROWS - 4u) / 4u;
    left_tile[i] = select(vec4f(), pass_left(pass_left_start(min(d, end - 1u)) + at), d < end);
  }
}

fn pass_load_right(column: u32, k: u32, end: u32, i: u32) {
  if (PASS_RIGHT_DEEP) {
    let c = i / 4u;
    let value = pass_right(
      pass_right_start(min(column + c, PASS_COLUMNS - 1u)) + min(k / 4u + i % 4u, (end - 1u) / 4u));
    let slot = i % 4u * TILE + c % 4u * SIDE + c / 4u;
    right_tile[slot] = select(vec4f(), value, k + i % 4u * 4u < end);
  } else {
    let d = k + i / SIDE;
    let at = min(column + i % SIDE * 4u, PASS_COLUMNS - 4u) / 4u;
    right_tile[i] = select(vec4f(), pass_right(pass_right_start(min(d, end - 1u)) + at), d < end);
  }
}

fn pass_product(group: vec3u, thread: Thread, begin: u32, end: u32) {
  let row = TILE * group.y;
  let column = TILE * group.x;
  var y = pass_initial_block(column + 4u * thread.local.x);
  for (var k = begin; k < end; k += 16u) {
    for (var i = thread.index; i < 4u * TILE; i += SIDE * SIDE) {
      pass_load_left(row, k, end, i);
      pass_load_right(column, k, end, i);
    }
    workgroupBarrier();
    for (var q = 0u; q < 4u; q++) {
      let a = left_tile_block(q * TILE + thread.local.y, !PASS_LEFT_DEEP);
      let b = right_tile_block(q * TILE + thread.local.x, PASS_RIGHT_DEEP);
      y = multiply_add(y, a, b);
    }
    workgroupBarrier();
  }
  pass_store_block(row + 4u * thread.local.y, column + 4u * thread.local.x, y);
}
