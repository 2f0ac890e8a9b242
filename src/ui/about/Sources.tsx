// Where the text comes from: each corpus with its licence and its notice, read from the packed manifest.

import { useEffect, useState } from 'react';
import { type CorpusManifest, manifestFile, parseManifest } from '../../data/manifest';
import { served } from '../../worker/served';
import styles from '../About.module.css';
import { bytes } from '../format';

async function readManifest(): Promise<CorpusManifest> {
  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const bytes = await served(base, manifestFile, (address, options) => fetch(address, options));
  return parseManifest(new TextDecoder().decode(bytes));
}

function unreadable(error: unknown): string {
  const what = error instanceof Error ? error.message : String(error);
  return `${what} Check the connection and reload the page. If that does not help, tell whoever runs this site.`;
}

export function Sources() {
  const [manifest, setManifest] = useState<CorpusManifest | string>('Reading the list of texts…');
  useEffect(() => {
    readManifest().then(setManifest, (error: unknown) => setManifest(unreadable(error)));
  }, []);
  if (typeof manifest === 'string') {
    return (
      <section>
        <h2>Where the text comes from</h2>
        <p>{manifest}</p>
      </section>
    );
  }
  return (
    <section>
      <h2>Where the text comes from</h2>
      {manifest.corpora.map((corpus) => (
        <article key={corpus.name} className={styles.corpus}>
          <h3>{corpus.title}</h3>
          <p>
            {bytes(corpus.bytes)} · {corpus.licence} · {corpus.sources.join(', ')}
          </p>
          <details>
            <summary>Notice for {corpus.title}</summary>
            <pre>{corpus.notice}</pre>
          </details>
        </article>
      ))}
      {manifest.skipped.map(({ name, reason }) => (
        <p key={name}>
          {name} was left out of this build: {reason}
        </p>
      ))}
    </section>
  );
}
