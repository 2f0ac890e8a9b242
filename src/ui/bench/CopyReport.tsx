// The report as the JSON that the command line prints, on the clipboard or, where that is refused, to select.

import { useState } from 'react';
import type { BenchReport } from '../../engine/bench/report';
import styles from './Bench.module.css';
import { benchWords } from './words';

export function CopyReport({ report }: { readonly report: BenchReport }) {
  const [copied, setCopied] = useState<{ report: BenchReport; done: boolean } | null>(null);
  const json = JSON.stringify(report, null, 2);
  const copy = async () => {
    const done = await navigator.clipboard.writeText(json).then(
      () => true,
      () => false,
    );
    setCopied({ report, done });
  };
  const now = copied?.report === report ? copied : null;
  return (
    <div className={styles.copy}>
      <button type="button" onClick={() => void copy()}>
        {now?.done ? benchWords.copied : benchWords.copy}
      </button>
      {now?.done === false && (
        <label>
          {benchWords.notCopied}
          <textarea readOnly rows={8} value={json} />
        </label>
      )}
    </div>
  );
}
