// subgroups: the form of matmuls whose threads load different parts of left and hand them round within a subgroup
// All threads of a workgroup work on the same 16 rows, so it does not matter which of them share a subgroup, nor how
// large it is, as long as it has LANES threads. Loads are what software adapters pay for most; this halves them twice.
// uses     block
// uses     each pass: operands, subgroups_pass
enable subgroups;

override WX: u32 = 16u; // threads of a workgroup, all over columns; at least LANES
override WY: u32 = 1u;
override LANES: u32 = 4u; // 4 or 8: threads that share their loads
const GROUP_ROWS = 16u;
const SUMS_LEFT = true;
override GROUP_COLUMNS: u32 = 4u * WX;

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
}

// A block from the vec4s of four neighbouring lanes.
fn lanes_0_to_3(own: vec4f) -> mat4x4f {
  if (LANES == 4u) {
    return mat4x4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
  }
  return mat4x4f(
    subgroupBroadcast(own, 0u), subgroupBroadcast(own, 1u), subgroupBroadcast(own, 2u), subgroupBroadcast(own, 3u));
}

fn lanes_4_to_7(own: vec4f) -> mat4x4f {
  return mat4x4f(
    subgroupBroadcast(own, 4u), subgroupBroadcast(own, 5u), subgroupBroadcast(own, 6u), subgroupBroadcast(own, 7u));
}

// left_sums from those that the lanes have of their pieces.
fn sums_of_lanes(own: mat4x4f) -> array<mat4x4f, 4> {
  if (LANES == 4u) {
    return array(lanes_0_to_3(own[0]), lanes_0_to_3(own[1]), lanes_0_to_3(own[2]), lanes_0_to_3(own[3]));
  }
  return array(lanes_0_to_3(own[0]), lanes_4_to_7(own[0]), lanes_0_to_3(own[1]), lanes_4_to_7(own[1]));
}
