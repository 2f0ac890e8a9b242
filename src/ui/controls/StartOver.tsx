// The way back to what a first visit offers; shown where something was chosen, and not while it trains.

import { isActive } from '../../store/session_state';
import { useSession } from '../context';
import recipe from '../lab/Recipe.module.css';
import { startOverWords } from '../strings';

export function StartOver({ help, onPress }: { readonly help: string; readonly onPress: () => void }) {
  const active = useSession(({ phase }) => isActive(phase));
  if (active) return null;
  return (
    <div className={recipe.group}>
      <button type="button" className={recipe.add} onClick={onPress}>
        {startOverWords.label}
      </button>
      <p className={recipe.help}>{help}</p>
    </div>
  );
}
