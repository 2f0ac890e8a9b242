// copy: how many bytes a second this adapter moves from one large buffer to another.
//
// shapes   source (n), target (n) vectors of four floats
// grid     n / 64, or n / 256 where a thread copies four, next to those of its neighbours
// bytes    32 n

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> copied: array<vec4f>;

@compute @workgroup_size(64)
fn one(@builtin(global_invocation_id) id: vec3u) {
  copied[id.x] = source[id.x];
}

@compute @workgroup_size(64)
fn four(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = 256u * group.x + thread;
  copied[first] = source[first];
  copied[first + 64u] = source[first + 64u];
  copied[first + 128u] = source[first + 128u];
  copied[first + 192u] = source[first + 192u];
}
