// The graphics cards that are compiled for, by the names the driver knows them by, and what a good kernel has on each.

export const familyNames = ['polaris10', 'vega10', 'navi21', 'navi31'] as const;
export type FamilyName = (typeof familyNames)[number];

export interface Family {
  readonly generation: string;
  /** Subgroups a SIMD should hold at once, to have work while some of them wait for memory. */
  readonly leastSubgroups: number;
}

export const families: Readonly<Record<FamilyName, Family>> = {
  polaris10: { generation: 'GCN 4', leastSubgroups: 4 },
  vega10: { generation: 'GCN 5', leastSubgroups: 4 },
  navi21: { generation: 'RDNA 2', leastSubgroups: 16 },
  navi31: { generation: 'RDNA 3', leastSubgroups: 16 },
};

export const usualFamilies: readonly FamilyName[] = ['polaris10', 'navi21', 'navi31'];
