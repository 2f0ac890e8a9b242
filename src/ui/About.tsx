// About: what is scaled down, where the text comes from, what this machine can do, what is kept here.

import styles from './About.module.css';

export function About() {
  return <main className={styles.about} />;
}
