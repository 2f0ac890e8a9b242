// tiles: the form of matmuls for GPUs: TILE x TILE results a workgroup, 4x4 a thread, factors in workgroup memory
// A tile of a factor is DEPTH depths of TILE rows (columns), as vec4s in the order (depth, TILE/4); of a factor stored
// along the depth, (DEPTH/4, TILE%4, TILE/4). A thread's vec4s are at constant places from the first, and neighbouring
// threads read neighbouring vec4s. A thread loads two of each factor a tile, half the tile's depth apart.
// uses     block
// uses     each pass: operands, tiles_pass

const SIDE = TILE / 4u; // threads along a side
const WX = SIDE;
const WY = SIDE;
const GROUP_ROWS = TILE;
const GROUP_COLUMNS = TILE;
const SUMS_LEFT = false;
const HALF = DEPTH / 2u;

alias Half = array<array<vec4f, SIDE>, HALF>;

var<workgroup> left_tile: array<Half, 2>;
var<workgroup> right_tile: array<Half, 2>;

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
}

// Which vec4 of half a tile a thread loads: of factors stored along the depth, four threads load 64 bytes of a row and
// the next four those of the fourth row after it, which lies in another bank of workgroup memory.
struct Spot {
  group: u32, // of four rows (columns)
  line: u32, // within the group where deep, else 0
  depth: u32, // the first of four where deep
  quad: u32, // depth / 4 where deep, else 0
}

fn tile_spot(index: u32, deep: bool) -> Spot {
  if (deep) {
    let i = index / (HALF / 4u);
    let quad = index & (HALF / 4u - 1u);
    return Spot(i & (SIDE - 1u), i / SIDE, 4u * quad, quad);
  }
  return Spot(index & (SIDE - 1u), 0u, index / SIDE, 0u);
}

// Depths d to d + 3 of four columns: [i] is depth d + i.
fn right_tile_block(part: u32, d: u32, i: u32, deep: bool) -> mat4x4f {
  let block = mat4x4f(
    right_tile[part][d][i], right_tile[part][d + 1u][i], right_tile[part][d + 2u][i], right_tile[part][d + 3u][i]);
  if (deep) { return transpose(block); }
  return block;
}

// One depth of four rows and four columns.
fn tile_depth(y: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(vec4f(a.x), b, y[0]), fma(vec4f(a.y), b, y[1]), fma(vec4f(a.z), b, y[2]), fma(vec4f(a.w), b, y[3]));
}
