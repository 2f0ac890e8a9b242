// Where the text comes from: each corpus with its licence and its notice, read from the packed manifest.

import { useEffect, useState } from 'react';
import { type CorpusManifest, manifestFile, parseManifest } from '../../data/manifest';
import styles from '../About.module.css';
import { bytes } from '../format';

async function readManifest(): Promise<CorpusManifest> {
  const response = await fetch(`${import.meta.env.BASE_URL}corpora/${manifestFile}`);
  if (!response.ok)
    throw new Error(`corpora/${manifestFile} could not be read: the server answered ${response.status}.`);
  return parseManifest(await response.text());
}

export function Sources() {
  const [manifest, setManifest] = useState<CorpusManifest | string>('Reading the list of texts…');
  useEffect(() => {
    readManifest().then(setManifest, (error: unknown) =>
      setManifest(error instanceof Error ? error.message : String(error)),
    );
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
