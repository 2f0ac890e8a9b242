// attention_quads: four vectors that all threads of a workgroup need, loaded by four or eight lanes and handed round
// Four lanes load a vector each. In workgroups of eight threads the second four load the odd vec4s and the first four the
// even ones: half the loads, which are what software adapters pay for most.
// The form of attention that includes this text gives  override THREADS, W, the buffers qkv da, and HeadVector.

override HALVED: bool = THREADS == 8u && W % 2u == 0u;
override STEP: u32 = select(1u, 2u, HALVED); // from one vec4 that a lane loads to its next
override HELD: u32 = W / STEP; // vec4s that a lane loads

fn load_own_qkv(first: u32, lane: u32) -> HeadVector {
  var h = HeadVector();
  let at = first + lane / 4u % STEP;
  h.v0 = qkv[at];
  if (HELD > 1u) { h.v1 = qkv[at + 1u * STEP]; }
  if (HELD > 2u) { h.v2 = qkv[at + 2u * STEP]; }
  if (HELD > 3u) { h.v3 = qkv[at + 3u * STEP]; }
  if (HELD > 4u) { h.v4 = qkv[at + 4u * STEP]; }
  if (HELD > 5u) { h.v5 = qkv[at + 5u * STEP]; }
  if (HELD > 6u) { h.v6 = qkv[at + 6u * STEP]; }
  if (HELD > 7u) { h.v7 = qkv[at + 7u * STEP]; }
  if (HELD > 8u) { h.v8 = qkv[at + 8u * STEP]; }
  if (HELD > 9u) { h.v9 = qkv[at + 9u * STEP]; }
  if (HELD > 10u) { h.v10 = qkv[at + 10u * STEP]; }
  if (HELD > 11u) { h.v11 = qkv[at + 11u * STEP]; }
  if (HELD > 12u) { h.v12 = qkv[at + 12u * STEP]; }
  if (HELD > 13u) { h.v13 = qkv[at + 13u * STEP]; }
  if (HELD > 14u) { h.v14 = qkv[at + 14u * STEP]; }
  if (HELD > 15u) { h.v15 = qkv[at + 15u * STEP]; }
  return h;
}

fn load_own_da(first: u32, lane: u32) -> HeadVector {
  var h = HeadVector();
  let at = first + lane / 4u % STEP;
  h.v0 = da[at];
  if (HELD > 1u) { h.v1 = da[at + 1u * STEP]; }
  if (HELD > 2u) { h.v2 = da[at + 2u * STEP]; }
  if (HELD > 3u) { h.v3 = da[at + 3u * STEP]; }
  if (HELD > 4u) { h.v4 = da[at + 4u * STEP]; }
  if (HELD > 5u) { h.v5 = da[at + 5u * STEP]; }
  if (HELD > 6u) { h.v6 = da[at + 6u * STEP]; }
  if (HELD > 7u) { h.v7 = da[at + 7u * STEP]; }
  if (HELD > 8u) { h.v8 = da[at + 8u * STEP]; }
  if (HELD > 9u) { h.v9 = da[at + 9u * STEP]; }
  if (HELD > 10u) { h.v10 = da[at + 10u * STEP]; }
  if (HELD > 11u) { h.v11 = da[at + 11u * STEP]; }
  if (HELD > 12u) { h.v12 = da[at + 12u * STEP]; }
  if (HELD > 13u) { h.v13 = da[at + 13u * STEP]; }
  if (HELD > 14u) { h.v14 = da[at + 14u * STEP]; }
  if (HELD > 15u) { h.v15 = da[at + 15u * STEP]; }
  return h;
}

// One vec4 of each of the four vectors.
fn near_rows(own: vec4f) -> mat4x4f {
  return mat4x4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
}

fn far_rows(own: vec4f) -> mat4x4f {
  return mat4x4f(
    subgroupBroadcast(own, 4u), subgroupBroadcast(own, 5u), subgroupBroadcast(own, 6u), subgroupBroadcast(own, 7u));
}

// An even or odd vec4 of them: where it is held in halves, and where it is not.
fn even_rows(halved: vec4f, whole: vec4f) -> mat4x4f {
  if (HALVED) {
    return mat4x4f(
      subgroupBroadcast(halved, 0u), subgroupBroadcast(halved, 1u),
      subgroupBroadcast(halved, 2u), subgroupBroadcast(halved, 3u));
  }
  return near_rows(whole);
}

fn odd_rows(halved: vec4f, whole: vec4f) -> mat4x4f {
  if (HALVED) { return far_rows(halved); }
  return near_rows(whole);
}

// The four vectors as every thread has them: m[i] is vec4 i of each, one a row. Made once for all that uses them: not
// every compiler sees that the same broadcasts give the same values.
struct QuadRows {
  m0: mat4x4f,
  m1: mat4x4f,
  m2: mat4x4f,
  m3: mat4x4f,
  m4: mat4x4f,
  m5: mat4x4f,
  m6: mat4x4f,
  m7: mat4x4f,
  m8: mat4x4f,
  m9: mat4x4f,
  m10: mat4x4f,
  m11: mat4x4f,
  m12: mat4x4f,
  m13: mat4x4f,
  m14: mat4x4f,
  m15: mat4x4f,
}

fn handed_round(own: HeadVector) -> QuadRows {
  var r = QuadRows();
  r.m0 = even_rows(own.v0, own.v0);
  if (W > 1u) { r.m1 = odd_rows(own.v0, own.v1); }
  if (W > 2u) { r.m2 = even_rows(own.v1, own.v2); }
  if (W > 3u) { r.m3 = odd_rows(own.v1, own.v3); }
  if (W > 4u) { r.m4 = even_rows(own.v2, own.v4); }
  if (W > 5u) { r.m5 = odd_rows(own.v2, own.v5); }
  if (W > 6u) { r.m6 = even_rows(own.v3, own.v6); }
  if (W > 7u) { r.m7 = odd_rows(own.v3, own.v7); }
  if (W > 8u) { r.m8 = even_rows(own.v4, own.v8); }
  if (W > 9u) { r.m9 = odd_rows(own.v4, own.v9); }
  if (W > 10u) { r.m10 = even_rows(own.v5, own.v10); }
  if (W > 11u) { r.m11 = odd_rows(own.v5, own.v11); }
  if (W > 12u) { r.m12 = even_rows(own.v6, own.v12); }
  if (W > 13u) { r.m13 = odd_rows(own.v6, own.v13); }
  if (W > 14u) { r.m14 = even_rows(own.v7, own.v14); }
  if (W > 15u) { r.m15 = odd_rows(own.v7, own.v15); }
  return r;
}

fn quad_values(own: f32) -> vec4f {
  return vec4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
}

// sum + a b, a vec4 times a matrix of four rows, as multiply-adds.
fn add_product(sum: vec4f, a: vec4f, b: mat4x4f) -> vec4f {
  return fma(vec4f(a.w), b[3], fma(vec4f(a.z), b[2], fma(vec4f(a.y), b[1], fma(vec4f(a.x), b[0], sum))));
}

// q times each of the four vectors.
fn quad_scores(q: HeadVector, rows: QuadRows) -> vec4f {
  var s = add_product(vec4f(), q.v0, transpose(rows.m0));
  if (W > 1u) { s = add_product(s, q.v1, transpose(rows.m1)); }
  if (W > 2u) { s = add_product(s, q.v2, transpose(rows.m2)); }
  if (W > 3u) { s = add_product(s, q.v3, transpose(rows.m3)); }
  if (W > 4u) { s = add_product(s, q.v4, transpose(rows.m4)); }
  if (W > 5u) { s = add_product(s, q.v5, transpose(rows.m5)); }
  if (W > 6u) { s = add_product(s, q.v6, transpose(rows.m6)); }
  if (W > 7u) { s = add_product(s, q.v7, transpose(rows.m7)); }
  if (W > 8u) { s = add_product(s, q.v8, transpose(rows.m8)); }
  if (W > 9u) { s = add_product(s, q.v9, transpose(rows.m9)); }
  if (W > 10u) { s = add_product(s, q.v10, transpose(rows.m10)); }
  if (W > 11u) { s = add_product(s, q.v11, transpose(rows.m11)); }
  if (W > 12u) { s = add_product(s, q.v12, transpose(rows.m12)); }
  if (W > 13u) { s = add_product(s, q.v13, transpose(rows.m13)); }
  if (W > 14u) { s = add_product(s, q.v14, transpose(rows.m14)); }
  if (W > 15u) { s = add_product(s, q.v15, transpose(rows.m15)); }
  return s;
}

// x + the four vectors, each times its weight.
fn quad_add(x: HeadVector, weights: vec4f, rows: QuadRows) -> HeadVector {
  var h = HeadVector();
  h.v0 = add_product(x.v0, weights, rows.m0);
  if (W > 1u) { h.v1 = add_product(x.v1, weights, rows.m1); }
  if (W > 2u) { h.v2 = add_product(x.v2, weights, rows.m2); }
  if (W > 3u) { h.v3 = add_product(x.v3, weights, rows.m3); }
  if (W > 4u) { h.v4 = add_product(x.v4, weights, rows.m4); }
  if (W > 5u) { h.v5 = add_product(x.v5, weights, rows.m5); }
  if (W > 6u) { h.v6 = add_product(x.v6, weights, rows.m6); }
  if (W > 7u) { h.v7 = add_product(x.v7, weights, rows.m7); }
  if (W > 8u) { h.v8 = add_product(x.v8, weights, rows.m8); }
  if (W > 9u) { h.v9 = add_product(x.v9, weights, rows.m9); }
  if (W > 10u) { h.v10 = add_product(x.v10, weights, rows.m10); }
  if (W > 11u) { h.v11 = add_product(x.v11, weights, rows.m11); }
  if (W > 12u) { h.v12 = add_product(x.v12, weights, rows.m12); }
  if (W > 13u) { h.v13 = add_product(x.v13, weights, rows.m13); }
  if (W > 14u) { h.v14 = add_product(x.v14, weights, rows.m14); }
  if (W > 15u) { h.v15 = add_product(x.v15, weights, rows.m15); }
  return h;
}
