// probe: `turns` times twelve multiplications and additions of four numbers, in registers: what the core can do at most.
//        So many chains that none waits for itself. Returns their sum, so that none is left out.

export function probe(turns: i32): f32 {
  const x = f32x4.splat(0.999999);
  const y = f32x4.splat(1e-6);
  let a = f32x4.splat(1.0);
  let b = f32x4.splat(1.1);
  let c = f32x4.splat(1.2);
  let d = f32x4.splat(1.3);
  let e = f32x4.splat(1.4);
  let f = f32x4.splat(1.5);
  let g = f32x4.splat(1.6);
  let h = f32x4.splat(1.7);
  let i = f32x4.splat(1.8);
  let j = f32x4.splat(1.9);
  let k = f32x4.splat(2.0);
  let l = f32x4.splat(2.1);
  for (; turns > 0; turns--) {
    a = f32x4.add(f32x4.mul(a, x), y);
    b = f32x4.add(f32x4.mul(b, x), y);
    c = f32x4.add(f32x4.mul(c, x), y);
    d = f32x4.add(f32x4.mul(d, x), y);
    e = f32x4.add(f32x4.mul(e, x), y);
    f = f32x4.add(f32x4.mul(f, x), y);
    g = f32x4.add(f32x4.mul(g, x), y);
    h = f32x4.add(f32x4.mul(h, x), y);
    i = f32x4.add(f32x4.mul(i, x), y);
    j = f32x4.add(f32x4.mul(j, x), y);
    k = f32x4.add(f32x4.mul(k, x), y);
    l = f32x4.add(f32x4.mul(l, x), y);
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  e = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  i = f32x4.add(f32x4.add(i, j), f32x4.add(k, l));
  return f32x4.extract_lane(f32x4.add(f32x4.add(a, e), i), 0);
}
