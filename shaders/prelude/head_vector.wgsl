// head_vector: one head's vector in registers, up to 64 numbers as 16 vec4s of which W are used
// Named members instead of an array: an array that a loop indexes lives in memory on software adapters. Every test of
// W is against a pipeline constant and vanishes when the pipeline is compiled.
// The kernel that includes this text gives  override W, the buffers qkv da mix dy rotary, and unrotate(pairs, turn).

struct HeadVector {
  v0: vec4f, v1: vec4f, v2: vec4f, v3: vec4f,
  v4: vec4f, v5: vec4f, v6: vec4f, v7: vec4f,
  v8: vec4f, v9: vec4f, v10: vec4f, v11: vec4f,
  v12: vec4f, v13: vec4f, v14: vec4f, v15: vec4f,
}

fn load_qkv(at: u32) -> HeadVector {
  var h = HeadVector();
  h.v0 = qkv[at];
  if (W > 1u) { h.v1 = qkv[at + 1u]; }
  if (W > 2u) { h.v2 = qkv[at + 2u]; }
  if (W > 3u) { h.v3 = qkv[at + 3u]; }
  if (W > 4u) { h.v4 = qkv[at + 4u]; }
  if (W > 5u) { h.v5 = qkv[at + 5u]; }
  if (W > 6u) { h.v6 = qkv[at + 6u]; }
  if (W > 7u) { h.v7 = qkv[at + 7u]; }
  if (W > 8u) { h.v8 = qkv[at + 8u]; }
  if (W > 9u) { h.v9 = qkv[at + 9u]; }
  if (W > 10u) { h.v10 = qkv[at + 10u]; }
  if (W > 11u) { h.v11 = qkv[at + 11u]; }
  if (W > 12u) { h.v12 = qkv[at + 12u]; }
  if (W > 13u) { h.v13 = qkv[at + 13u]; }
  if (W > 14u) { h.v14 = qkv[at + 14u]; }
  if (W > 15u) { h.v15 = qkv[at + 15u]; }
  return h;
}

fn load_da(at: u32) -> HeadVector {
  var h = HeadVector();
  h.v0 = da[at];
  if (W > 1u) { h.v1 = da[at + 1u]; }
  if (W > 2u) { h.v2 = da[at + 2u]; }
  if (W > 3u) { h.v3 = da[at + 3u]; }
  if (W > 4u) { h.v4 = da[at + 4u]; }
  if (W > 5u) { h.v5 = da[at + 5u]; }
  if (W > 6u) { h.v6 = da[at + 6u]; }
  if (W > 7u) { h.v7 = da[at + 7u]; }
  if (W > 8u) { h.v8 = da[at + 8u]; }
  if (W > 9u) { h.v9 = da[at + 9u]; }
  if (W > 10u) { h.v10 = da[at + 10u]; }
  if (W > 11u) { h.v11 = da[at + 11u]; }
  if (W > 12u) { h.v12 = da[at + 12u]; }
  if (W > 13u) { h.v13 = da[at + 13u]; }
  if (W > 14u) { h.v14 = da[at + 14u]; }
  if (W > 15u) { h.v15 = da[at + 15u]; }
  return h;
}

fn scaled(a: f32, x: HeadVector) -> HeadVector {
  var h = HeadVector();
  h.v0 = a * x.v0;
  if (W > 1u) { h.v1 = a * x.v1; }
  if (W > 2u) { h.v2 = a * x.v2; }
  if (W > 3u) { h.v3 = a * x.v3; }
  if (W > 4u) { h.v4 = a * x.v4; }
  if (W > 5u) { h.v5 = a * x.v5; }
  if (W > 6u) { h.v6 = a * x.v6; }
  if (W > 7u) { h.v7 = a * x.v7; }
  if (W > 8u) { h.v8 = a * x.v8; }
  if (W > 9u) { h.v9 = a * x.v9; }
  if (W > 10u) { h.v10 = a * x.v10; }
  if (W > 11u) { h.v11 = a * x.v11; }
  if (W > 12u) { h.v12 = a * x.v12; }
  if (W > 13u) { h.v13 = a * x.v13; }
  if (W > 14u) { h.v14 = a * x.v14; }
  if (W > 15u) { h.v15 = a * x.v15; }
  return h;
}

fn store_mix(at: u32, h: HeadVector) {
  mix[at] = h.v0;
  if (W > 1u) { mix[at + 1u] = h.v1; }
  if (W > 2u) { mix[at + 2u] = h.v2; }
  if (W > 3u) { mix[at + 3u] = h.v3; }
  if (W > 4u) { mix[at + 4u] = h.v4; }
  if (W > 5u) { mix[at + 5u] = h.v5; }
  if (W > 6u) { mix[at + 6u] = h.v6; }
  if (W > 7u) { mix[at + 7u] = h.v7; }
  if (W > 8u) { mix[at + 8u] = h.v8; }
  if (W > 9u) { mix[at + 9u] = h.v9; }
  if (W > 10u) { mix[at + 10u] = h.v10; }
  if (W > 11u) { mix[at + 11u] = h.v11; }
  if (W > 12u) { mix[at + 12u] = h.v12; }
  if (W > 13u) { mix[at + 13u] = h.v13; }
  if (W > 14u) { mix[at + 14u] = h.v14; }
  if (W > 15u) { mix[at + 15u] = h.v15; }
}

fn store_dy(at: u32, h: HeadVector) {
  dy[at] = h.v0;
  if (W > 1u) { dy[at + 1u] = h.v1; }
  if (W > 2u) { dy[at + 2u] = h.v2; }
  if (W > 3u) { dy[at + 3u] = h.v3; }
  if (W > 4u) { dy[at + 4u] = h.v4; }
  if (W > 5u) { dy[at + 5u] = h.v5; }
  if (W > 6u) { dy[at + 6u] = h.v6; }
  if (W > 7u) { dy[at + 7u] = h.v7; }
  if (W > 8u) { dy[at + 8u] = h.v8; }
  if (W > 9u) { dy[at + 9u] = h.v9; }
  if (W > 10u) { dy[at + 10u] = h.v10; }
  if (W > 11u) { dy[at + 11u] = h.v11; }
  if (W > 12u) { dy[at + 12u] = h.v12; }
  if (W > 13u) { dy[at + 13u] = h.v13; }
  if (W > 14u) { dy[at + 14u] = h.v14; }
  if (W > 15u) { dy[at + 15u] = h.v15; }
}

// Undoes the rotary turn of position t.
fn unrotated(h: HeadVector, t: u32) -> HeadVector {
  var u = HeadVector();
  u.v0 = unrotate(h.v0, rotary[t * W]);
  if (W > 1u) { u.v1 = unrotate(h.v1, rotary[t * W + 1u]); }
  if (W > 2u) { u.v2 = unrotate(h.v2, rotary[t * W + 2u]); }
  if (W > 3u) { u.v3 = unrotate(h.v3, rotary[t * W + 3u]); }
  if (W > 4u) { u.v4 = unrotate(h.v4, rotary[t * W + 4u]); }
  if (W > 5u) { u.v5 = unrotate(h.v5, rotary[t * W + 5u]); }
  if (W > 6u) { u.v6 = unrotate(h.v6, rotary[t * W + 6u]); }
  if (W > 7u) { u.v7 = unrotate(h.v7, rotary[t * W + 7u]); }
  if (W > 8u) { u.v8 = unrotate(h.v8, rotary[t * W + 8u]); }
  if (W > 9u) { u.v9 = unrotate(h.v9, rotary[t * W + 9u]); }
  if (W > 10u) { u.v10 = unrotate(h.v10, rotary[t * W + 10u]); }
  if (W > 11u) { u.v11 = unrotate(h.v11, rotary[t * W + 11u]); }
  if (W > 12u) { u.v12 = unrotate(h.v12, rotary[t * W + 12u]); }
  if (W > 13u) { u.v13 = unrotate(h.v13, rotary[t * W + 13u]); }
  if (W > 14u) { u.v14 = unrotate(h.v14, rotary[t * W + 14u]); }
  if (W > 15u) { u.v15 = unrotate(h.v15, rotary[t * W + 15u]); }
  return u;
}
