// tiles: the family of matmuls for GPUs: TILE x TILE results a workgroup, 4x4 a thread, factors in workgroup memory
// A tile of a factor is DEPTH depths of TILE rows (columns), as vec4s in the order (depth/4, 4, TILE/4): a thread's four
// vec4s for four depths are at constant places from the first, and neighbouring threads read neighbouring vec4s.
// A thread loads two vec4s of each factor a tile, half the tile's depth apart.

const SIDE = TILE / 4u; // threads along a side
const WX = SIDE;
const WY = SIDE;
const GROUP_ROWS = TILE;
const GROUP_COLUMNS = TILE;
const HALF = DEPTH / 2u;

alias Quad = array<array<vec4f, SIDE>, 4>; // four depths
alias Half = array<Quad, HALF / 4u>;

var<workgroup> left_tile: array<Half, 2>;
var<workgroup> right_tile: array<Half, 2>;

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
}

// Which vec4 of half a tile a thread loads. Deep factors are loaded along the depth, others along rows (columns).
struct Spot {
  line: u32, // row (column), the first of four where not deep
  quad: u32, // depth / 4
  depth: u32, // within the quad, where not deep
}

fn tile_spot(index: u32, deep: bool) -> Spot {
  if (deep) { return Spot(index / (HALF / 4u), index & (HALF / 4u - 1u), 0u); }
  return Spot((index & (SIDE - 1u)) * 4u, index / TILE, (index / SIDE) & 3u);
}

// Four depths of four columns: [i] is depth i.
fn right_tile_block(part: u32, q: u32, i: u32, deep: bool) -> mat4x4f {
  let block = mat4x4f(
    right_tile[part][q][0][i], right_tile[part][q][1][i], right_tile[part][q][2][i], right_tile[part][q][3][i]);
  if (deep) { return transpose(block); }
  return block;
}

// One depth of four rows and four columns.
fn tile_depth(y: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(vec4f(a.x), b, y[0]), fma(vec4f(a.y), b, y[1]), fma(vec4f(a.z), b, y[2]), fma(vec4f(a.w), b, y[3]));
}
