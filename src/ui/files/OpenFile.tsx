// The way to a file of results for whoever does not drag: the browser's own dialog.

import { useLab } from '../context';
import styles from '../controls/controls.module.css';
import { fileWords } from '../strings';
import { openFiles } from './open';

export function OpenFile() {
  const { opened } = useLab();
  return (
    <label className={styles.file}>
      {fileWords.open}
      <input
        type="file"
        multiple
        accept=".json,.html,application/json,text/html"
        onChange={({ target }) => {
          void openFiles([...(target.files ?? [])], opened);
          // The same file again must be heard, too.
          target.value = '';
        }}
      />
    </label>
  );
}
