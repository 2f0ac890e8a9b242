// Labels at line ends: each as near to its line as possible, none on top of another, all inside the plot.

export interface Anchor {
  readonly key: string;
  /** Where the line ends, in pixels. */
  readonly y: number;
}

/** A label that begins at `left` and is so wide. */
export interface WideAnchor extends Anchor {
  readonly left: number;
  readonly width: number;
}

/** A run of labels that touch each other and move as one. */
interface Cluster {
  anchors: Anchor[];
  /** Mean of the places at which the members would like the cluster to begin. */
  top: number;
}

function beginOf(anchors: readonly Anchor[], gap: number, limits: { min: number; max: number }): number {
  const wish = anchors.reduce((sum, anchor, i) => sum + anchor.y - i * gap, 0) / anchors.length;
  const last = limits.max - (anchors.length - 1) * gap;
  return Math.max(limits.min, Math.min(wish, last));
}

/** The y of every label by key. Labels keep the order of their lines and at least `gap` pixels between them. */
export function placeLabels(anchors: readonly Anchor[], gap: number, min: number, max: number): Map<string, number> {
  const limits = { min, max };
  const clusters: Cluster[] = [];
  for (const anchor of [...anchors].sort((a, b) => a.y - b.y)) {
    let cluster: Cluster = { anchors: [anchor], top: beginOf([anchor], gap, limits) };
    for (let above = clusters.at(-1); above; above = clusters.at(-1)) {
      if (above.top + above.anchors.length * gap <= cluster.top) break;
      clusters.pop();
      const merged = [...above.anchors, ...cluster.anchors];
      cluster = { anchors: merged, top: beginOf(merged, gap, limits) };
    }
    clusters.push(cluster);
  }
  return new Map(clusters.flatMap(({ anchors: members, top }) => members.map(({ key }, i) => [key, top + i * gap])));
}

/** As `placeLabels`, for lines that end here and there: only labels that could meet move each other. */
export function placeApart(
  anchors: readonly WideAnchor[],
  gap: number,
  min: number,
  max: number,
): ReadonlyMap<string, number> {
  const columns: { right: number; members: WideAnchor[] }[] = [];
  for (const anchor of [...anchors].sort((a, b) => a.left - b.left)) {
    const right = anchor.left + anchor.width;
    const column = columns.at(-1);
    if (column && anchor.left < column.right) {
      column.members.push(anchor);
      column.right = Math.max(column.right, right);
    } else columns.push({ right, members: [anchor] });
  }
  return new Map(columns.flatMap(({ members }) => [...placeLabels(members, gap, min, max)]));
}

/** Margin right of the plot that holds the longest label, in pixels, and no more than `most`. */
export function labelSpace(labels: readonly (string | null)[], most = 120): number {
  const longest = Math.max(0, ...labels.map((label) => label?.length ?? 0));
  return longest === 0 ? 14 : Math.min(most, 18 + 7 * longest);
}
