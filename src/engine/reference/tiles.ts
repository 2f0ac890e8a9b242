// Matrix products for the engine that trains without a GPU, in tiles of 3 x 3 sums that are kept in local variables:
// six numbers read serve nine multiply-adds, and nine sums with what they need are what fits into 16 registers.
// Every sum runs over its terms in order, as in the plain loops that define the model, hence the results are equal
// bit for bit. Transposing is exchanging two strides, so no matrix is copied for it.
// In float64 as the definition: numbers stored as float32 come no faster, and Math.fround halves the speed (LOG.md).

/** Rows and columns of a tile. */
export const tile = 3;

/** A window on numbers: element (r, c) is `values[r * row + c * column]`. */
export interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  /** Strides, in elements. */
  readonly row: number;
  readonly column: number;
}

/** (rows, columns), rows one after the other. */
export function matrix(values: Float64Array, rows: number, columns: number): Matrix {
  return { values, rows, columns, row: columns, column: 1 };
}

/** (rows, columns) of zeros. */
export function zeros(rows: number, columns: number): Matrix {
  return matrix(new Float64Array(rows * columns), rows, columns);
}

export function transposed({ values, rows, columns, row, column }: Matrix): Matrix {
  return { values, rows: columns, columns: rows, row: column, column: row };
}

/**
 * Adds terms [begin, end) of the product a b to the tile of `out` whose first element is (r, c). The columns of `out`
 * lie side by side. Where a tile reaches over the edge, the last row or column is worked out again and stored twice.
 */
export function addTile(out: Matrix, a: Matrix, b: Matrix, r: number, c: number, begin: number, end: number): void {
  const r1 = Math.min(r + 1, out.rows - 1);
  const r2 = Math.min(r + 2, out.rows - 1);
  const c1 = Math.min(c + 1, out.columns - 1);
  const c2 = Math.min(c + 2, out.columns - 1);
  const y = out.values;
  const y0 = r * out.row;
  const y1 = r1 * out.row;
  const y2 = r2 * out.row;
  let s00 = y[y0 + c]!;
  let s01 = y[y0 + c1]!;
  let s02 = y[y0 + c2]!;
  let s10 = y[y1 + c]!;
  let s11 = y[y1 + c1]!;
  let s12 = y[y1 + c2]!;
  let s20 = y[y2 + c]!;
  let s21 = y[y2 + c1]!;
  let s22 = y[y2 + c2]!;
  const { values: left, row: aRow, column: aNext } = a;
  const { values: right, row: bNext, column: bColumn } = b;
  const aSecond = (r1 - r) * aRow;
  const aThird = (r2 - r) * aRow;
  const bSecond = (c1 - c) * bColumn;
  const bThird = (c2 - c) * bColumn;
  let i = r * aRow + begin * aNext;
  let j = begin * bNext + c * bColumn;
  for (let k = begin; k < end; k++, i += aNext, j += bNext) {
    const a0 = left[i]!;
    const a1 = left[i + aSecond]!;
    const a2 = left[i + aThird]!;
    const b0 = right[j]!;
    s00 += a0 * b0;
    s10 += a1 * b0;
    s20 += a2 * b0;
    const b1 = right[j + bSecond]!;
    s01 += a0 * b1;
    s11 += a1 * b1;
    s21 += a2 * b1;
    const b2 = right[j + bThird]!;
    s02 += a0 * b2;
    s12 += a1 * b2;
    s22 += a2 * b2;
  }
  y[y0 + c] = s00;
  y[y0 + c1] = s01;
  y[y0 + c2] = s02;
  y[y1 + c] = s10;
  y[y1 + c1] = s11;
  y[y1 + c2] = s12;
  y[y2 + c] = s20;
  y[y2 + c1] = s21;
  y[y2 + c2] = s22;
}
