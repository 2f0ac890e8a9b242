// The charts show what the recipe says and nothing else. Where the last run was of another text, size or length, this says
// so, and leads back to it.

import { useStore } from 'zustand';
import { isActive } from '../../store/session_state';
import { useLab, useRecipe, useSession } from '../context';
import { otherRunWords } from '../strings';
import view from '../view/View.module.css';

export function OtherRun() {
  const { recipe, ran } = useLab();
  const { setting: last } = useStore(ran);
  const now = useRecipe((state) => state.setting);
  const going = useSession(({ phase, owner }) => owner === 'own' && isActive(phase));
  if (last === null) return null;
  const apart = [
    last.shift !== now.shift && otherRunWords.shift(last.shift),
    last.scale !== now.scale && otherRunWords.scale(last.scale),
    last.start?.sha256 !== now.start?.sha256 && otherRunWords.start(last.start?.name),
    last.budget !== now.budget && otherRunWords.budget(last.budget),
  ].filter((words) => words !== false);
  if (apart.length === 0) return null;
  return (
    <div className={view.tabs}>
      <p>
        {going ? otherRunWords.going : otherRunWords.last} {apart.join(', ')}. {otherRunWords.charts}{' '}
        <button type="button" className={view.link} onClick={() => recipe.use(last)}>
          {otherRunWords.show}
        </button>
      </p>
    </div>
  );
}
