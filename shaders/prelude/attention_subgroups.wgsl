// attention_subgroups: the form of attention whose threads load different keys (queries) and hand them round in quads
// Keys are taken four at a time. All threads of a workgroup need the same four, so the lanes load them together
// (attention_quads.wgsl). Loops end at the same place for a whole workgroup; what is a future key to one of its queries
// gets weight zero there. Positions beyond T read the last one and write nothing.
// uses     attention_quads
enable subgroups;

override QUERIES: u32 = 2u; // 1, 2 or 4 queries (keys) a thread, THREADS apart: broadcasts are shared between them
override POSITIONS: u32 = THREADS * QUERIES; // of a workgroup
const KEY_PARTS = 1u; // gradients of keys and of values come from the same workgroup

struct Thread {
  @builtin(local_invocation_id) local: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
}

fn row_of(place: Place, t: u32) -> u32 { return place.sequence + min(t, T - 1u); }

// Behind the last position of the workgroup.
fn end_of(place: Place) -> u32 { return min(T, place.first + POSITIONS); }

// Four positions are loaded, and stored, one a trip, the others moving on. Written out for each, that is most of the
// kernel: more than an instruction cache holds, and three quarters of the time to compile it. For two it does not pay.
override ROLLED: bool = QUERIES == 4u;

struct Query {
  t: u32,
  q: HeadVector,
  o: HeadVector,
  largest: f32,
  sum: f32,
}

fn query_at(place: Place, t: u32) -> Query {
  let q = scaled(SCALE, load_qkv(q_at(row_of(place, t), place.head)));
  return Query(t, q, HeadVector(), -3e38, 0.0);
}

fn attend_quad(x: Query, keys: vec4u, k: QuadRows, v: QuadRows) -> Query {
  let seen = keys <= vec4u(x.t);
  let scores = select(vec4f(-3e38), quad_scores(x.q, k), seen);
  let largest = max(x.largest, max(max(scores.x, scores.y), max(scores.z, scores.w)));
  let keep = exp(x.largest - largest);
  let weights = select(vec4f(), exp(scores - largest), seen);
  let sum = fma(x.sum, keep, (weights.x + weights.y) + (weights.z + weights.w));
  return Query(x.t, x.q, quad_add(scaled(keep, x.o), weights, v), largest, sum);
}

fn store_query(place: Place, x: Query) {
  if (x.t >= T) { return; }
  let row = row_of(place, x.t);
  store_mix(mix_at(row, place.head), scaled(1.0 / x.sum, x.o));
  lse[row * H + place.head] = x.largest + log(x.sum);
}

fn attend(thread: Thread, place: Place) {
  let end = end_of(place);
  var x0 = Query();
  var x1 = Query();
  var x2 = Query();
  var x3 = Query();
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      x3 = x2;
      x2 = x1;
      x1 = x0;
      x0 = query_at(place, first + thread.local.x);
    }
  } else {
    x0 = query_at(place, place.first + thread.local.x);
    if (QUERIES > 1u) { x1 = query_at(place, place.first + THREADS + thread.local.x); }
  }
  for (var s = 0u; s < end; s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let k = handed_round(load_own_qkv(k_at(own, place.head), thread.lane));
    let v = handed_round(load_own_qkv(v_at(own, place.head), thread.lane));
    let keys = s + vec4u(0u, 1u, 2u, 3u);
    x0 = attend_quad(x0, keys, k, v);
    if (QUERIES > 1u) { x1 = attend_quad(x1, keys, k, v); }
    if (QUERIES > 2u) { x2 = attend_quad(x2, keys, k, v); }
    if (QUERIES > 2u) { x3 = attend_quad(x3, keys, k, v); }
  }
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      store_query(place, x0);
      x0 = x1;
      x1 = x2;
      x2 = x3;
    }
  } else {
    store_query(place, x0);
    if (QUERIES > 1u) { store_query(place, x1); }
  }
}

struct QueryBack {
  t: u32,
  q: HeadVector,
  g: HeadVector,
  dq: HeadVector,
  delta: f32,
  norm: f32,
}

fn query_back_at(place: Place, t: u32) -> QueryBack {
  let row = row_of(place, t);
  let q = load_qkv(q_at(row, place.head));
  let g = load_da(da_at(row, place.head));
  return QueryBack(t, q, g, HeadVector(), delta_of(g, row, place.head), lse[row * H + place.head]);
}

fn attend_quad_back_to_query(x: QueryBack, keys: vec4u, k: QuadRows, v: QuadRows) -> QueryBack {
  let weights = exp(fma(quad_scores(x.q, k), vec4f(SCALE), vec4f(-x.norm)));
  let ds = select(vec4f(), weights * (quad_scores(x.g, v) - x.delta), keys <= vec4u(x.t));
  return QueryBack(x.t, x.q, x.g, quad_add(x.dq, ds, k), x.delta, x.norm);
}

fn store_query_back(place: Place, x: QueryBack) {
  if (x.t >= T) { return; }
  let row = row_of(place, x.t);
  delta[row * H + place.head] = x.delta;
  store_dy(dy_at(row, place.head), unrotated(scaled(SCALE, x.dq), x.t));
}

fn attend_back_to_queries(thread: Thread, place: Place) {
  let end = end_of(place);
  var x0 = QueryBack();
  var x1 = QueryBack();
  var x2 = QueryBack();
  var x3 = QueryBack();
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      x3 = x2;
      x2 = x1;
      x1 = x0;
      x0 = query_back_at(place, first + thread.local.x);
    }
  } else {
    x0 = query_back_at(place, place.first + thread.local.x);
    if (QUERIES > 1u) { x1 = query_back_at(place, place.first + THREADS + thread.local.x); }
  }
  for (var s = 0u; s < end; s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let k = handed_round(load_own_qkv(k_at(own, place.head), thread.lane));
    let v = handed_round(load_own_qkv(v_at(own, place.head), thread.lane));
    let keys = s + vec4u(0u, 1u, 2u, 3u);
    x0 = attend_quad_back_to_query(x0, keys, k, v);
    if (QUERIES > 1u) { x1 = attend_quad_back_to_query(x1, keys, k, v); }
    if (QUERIES > 2u) { x2 = attend_quad_back_to_query(x2, keys, k, v); }
    if (QUERIES > 2u) { x3 = attend_quad_back_to_query(x3, keys, k, v); }
  }
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      store_query_back(place, x0);
      x0 = x1;
      x1 = x2;
      x2 = x3;
    }
  } else {
    store_query_back(place, x0);
    if (QUERIES > 1u) { store_query_back(place, x1); }
  }
}

struct Key {
  t: u32,
  k: HeadVector,
  v: HeadVector,
  dk: HeadVector,
  dv: HeadVector,
}

// Four queries as a key sees them.
struct Queries {
  t: vec4u,
  norm: vec4f,
  delta: vec4f,
  q: QuadRows,
  g: QuadRows,
}

fn key_at(place: Place, t: u32) -> Key {
  let row = row_of(place, t);
  return Key(t, load_qkv(k_at(row, place.head)), load_qkv(v_at(row, place.head)), HeadVector(), HeadVector());
}

fn attend_quad_back_to_key(x: Key, queries: Queries) -> Key {
  let sees = (queries.t >= vec4u(x.t)) & (queries.t < vec4u(T));
  let weights = select(vec4f(), exp(fma(quad_scores(x.k, queries.q), vec4f(SCALE), -queries.norm)), sees);
  let ds = weights * (quad_scores(x.v, queries.g) - queries.delta);
  return Key(x.t, x.k, x.v, quad_add(x.dk, ds, queries.q), quad_add(x.dv, weights, queries.g));
}

fn store_key(place: Place, x: Key) {
  if (x.t >= T) { return; }
  let at = dy_at(row_of(place, x.t), place.head);
  store_dy(at + C / 4u, unrotated(scaled(SCALE, x.dk), x.t));
  store_dy(at + C / 2u, x.dv);
}

fn attend_back_to_keys(thread: Thread, place: Place, part: u32) {
  let end = end_of(place);
  var x0 = Key();
  var x1 = Key();
  var x2 = Key();
  var x3 = Key();
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      x3 = x2;
      x2 = x1;
      x1 = x0;
      x0 = key_at(place, first + thread.local.x);
    }
  } else {
    x0 = key_at(place, place.first + thread.local.x);
    if (QUERIES > 1u) { x1 = key_at(place, place.first + THREADS + thread.local.x); }
  }
  for (var s = place.first; s < T; s += 4u) {
    let own = row_of(place, s + thread.lane % 4u);
    let norm = quad_values(lse[own * H + place.head]);
    let along = quad_values(delta[own * H + place.head]);
    let q = handed_round(load_own_qkv(q_at(own, place.head), thread.lane));
    let g = handed_round(load_own_da(da_at(own, place.head), thread.lane));
    let queries = Queries(s + vec4u(0u, 1u, 2u, 3u), norm, along, q, g);
    x0 = attend_quad_back_to_key(x0, queries);
    if (QUERIES > 1u) { x1 = attend_quad_back_to_key(x1, queries); }
    if (QUERIES > 2u) { x2 = attend_quad_back_to_key(x2, queries); }
    if (QUERIES > 2u) { x3 = attend_quad_back_to_key(x3, queries); }
  }
  if (ROLLED) {
    for (var first = place.first; first < end; first += THREADS) {
      store_key(place, x0);
      x0 = x1;
      x1 = x2;
      x2 = x3;
    }
  } else {
    store_key(place, x0);
    if (QUERIES > 1u) { store_key(place, x1); }
  }
}
