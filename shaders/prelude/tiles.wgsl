// tiles: the family of matmuls for GPUs: TILE x TILE results a workgroup, 4x4 a thread, factors in workgroup memory
// A tile of a factor is TILE/4 groups of four rows (columns) by 16 depths, as vec4s in the order (depth/4, 4, TILE/4):
// a thread's four vec4s for four depths are a stride of TILE/4 apart, and neighbouring threads read neighbouring vec4s.

const SIDE = TILE / 4u; // threads along a side
const WX = SIDE;
const WY = SIDE;
const GROUP_ROWS = TILE;
const GROUP_COLUMNS = TILE;

var<workgroup> left_tile: array<vec4f, 4u * TILE>;
var<workgroup> right_tile: array<vec4f, 4u * TILE>;

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
}

fn tile_block(first: vec4f, second: vec4f, third: vec4f, fourth: vec4f, turned: bool) -> mat4x4f {
  let block = mat4x4f(first, second, third, fourth);
  if (turned) { return transpose(block); }
  return block;
}

fn left_tile_block(i: u32, turned: bool) -> mat4x4f {
  return tile_block(left_tile[i], left_tile[i + SIDE], left_tile[i + 2u * SIDE], left_tile[i + 3u * SIDE], turned);
}

fn right_tile_block(i: u32, turned: bool) -> mat4x4f {
  return tile_block(right_tile[i], right_tile[i + SIDE], right_tile[i + 2u * SIDE], right_tile[i + 3u * SIDE], turned);
}
