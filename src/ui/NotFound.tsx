// What an address shows that names no page: that it does not, and the ways on.

import styles from './App.module.css';
import { addressWords } from './address_words';

export function NotFound() {
  return (
    <main className={styles.lost}>
      <h1>{addressWords.unknown}</h1>
      <p>{addressWords.why}</p>
      <p>
        <a href="#/figures">{addressWords.figures}</a> <a href="#/">{addressWords.lab}</a>
      </p>
    </main>
  );
}
