// registers, for PASS: each thread loads and multiplies its own 8x8 results, four blocks

fn pass_product(group: vec3u, thread: Thread, begin: u32, end: u32) {
  let row = 8u * (group.y * WY + thread.local.y);
  let column = 8u * (group.x * WX + thread.local.x);
  let left0 = pass_left_at(row);
  let left1 = pass_left_at(row + 4u);
  let right0 = pass_right_at(column);
  let right1 = pass_right_at(column + 4u);
  var y00 = pass_initial_block(column);
  var y01 = pass_initial_block(column + 4u);
  var y10 = y00;
  var y11 = y01;
  for (var k = begin; k < end; k += 4u) {
    let a0 = pass_left_block(left0, k, end);
    let a1 = pass_left_block(left1, k, end);
    let b0 = pass_right_block(right0, k, end);
    let b1 = pass_right_block(right1, k, end);
    y00 = multiply_add(y00, a0, b0);
    y01 = multiply_add(y01, a0, b1);
    y10 = multiply_add(y10, a1, b0);
    y11 = multiply_add(y11, a1, b1);
  }
  pass_store_block(row, column, y00);
  pass_store_block(row, column + 4u, y01);
  pass_store_block(row + 4u, column, y10);
  pass_store_block(row + 4u, column + 4u, y11);
}
