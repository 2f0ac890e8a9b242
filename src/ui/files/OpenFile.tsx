// The way to a file of results for whoever does not drag: the browser's own dialog.

import { useLab } from '../context';
import styles from '../controls/controls.module.css';
import { fileWords } from '../strings';
import { openGiven } from './give';

export function OpenFile() {
  const lab = useLab();
  return (
    <label className={styles.file}>
      {fileWords.open}
      <input
        type="file"
        multiple
        accept=".json,.html,.safetensors,application/json,text/html"
        onChange={({ target }) => {
          void openGiven([...(target.files ?? [])], lab);
          // The same file again must be heard, too.
          target.value = '';
        }}
      />
    </label>
  );
}
