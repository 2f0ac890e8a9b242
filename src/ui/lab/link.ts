// The Lab and its address: a recipe that came with one is taken as it is and remembered only when the person changes something,
// and the address says what is composed now.

import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { labAddress } from '../../link/address';
import { type FigureLook, type LookLink, lookQuery, plainLook, readLook, type Screen } from '../../store/look';
import { isComposed, type RecipeState } from '../../store/recipe';
import { keptRecipe, recipeOf } from '../../store/remembered';
import { useLab } from '../context';
import { fetched } from '../fetched';
import { isOwnAddress, useWrittenAddress } from '../hooks';
import type { Route } from '../route';
import { useScreen } from '../screen';
import { choicesKept } from '../settings';
import { faultWords, recipeWords } from '../strings';

const codec = () => fetched(() => import('../../link/recipe'));

interface Opened {
  readonly letters: string;
  /** A sentence why there is no recipe. */
  readonly refused: string | null;
}

/** The recipe of these letters, or a sentence why there is none. */
async function recipeOfLetters(letters: string): Promise<RecipeState | string> {
  const reader = await codec().catch(() => null);
  if (!reader) return faultWords.gone;
  try {
    return recipeOf(reader.openRecipeLink(letters)) ?? recipeWords.refused;
  } catch (error) {
    if (error instanceof reader.LinkError) return error.message;
    throw error;
  }
}

/** What an address says of the Lab. While its letters are read, there is nothing to show yet. */
export function useRecipeLink(route: Route, onTables: (tables: boolean) => void) {
  const { recipe, session } = useLab();
  const letters = route.page === 'lab' ? route.letters : null;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [link, setLink] = useState<LookLink | null>(null);
  useLayoutEffect(() => {
    const said = route.page === 'lab' && route.asked !== '' ? readLook(route.asked, new Map()) : null;
    setLink(said);
    if (said) onTables(said.look.tables);
  }, [route, onTables]);
  useEffect(() => {
    if (route.page !== 'lab' || route.letters === null) return setOpened(null);
    const { letters } = route;
    if (isOwnAddress() && choicesKept.read('lab')) return setOpened({ letters, refused: null });
    let wanted = true;
    void recipeOfLetters(letters).then((what) => {
      if (!wanted) return;
      if (typeof what !== 'string') recipe.follow(what, session.getState().machine);
      setOpened({ letters, refused: typeof what === 'string' ? what : null });
    });
    return () => {
      wanted = false;
    };
  }, [route, recipe, session]);
  const here = opened?.letters === letters ? opened : null;
  return { link, opening: letters !== null && here === null, refused: here?.refused ?? null };
}

/** The address of the Lab as it is composed and looked at; a recipe to send is there also where it is that of a first visit. */
export async function addressOfLab(
  state: RecipeState,
  look: FigureLook | null,
  screen: Screen,
  sent: boolean,
): Promise<string | null> {
  const query = lookQuery(look ?? plainLook, new Map(), screen);
  if (!sent && !state.linked && !isComposed(state)) return query === '' ? '#/' : `#/lab?${query}`;
  const writer = await codec().catch(() => null);
  if (!writer) return null;
  const kept = keptRecipe(state);
  const arms = look ? kept.arms : kept.arms.map((arm) => ({ ...arm, hidden: false }));
  return labAddress(writer.recipeLink({ ...kept, arms })) + (query && `&${query}`);
}

export function useLabAddress(state: RecipeState, look: FigureLook): void {
  const { ui, theme, at } = useScreen();
  const make = useCallback(() => addressOfLab(state, look, { ui, theme }, false), [state, look, ui, theme]);
  useWrittenAddress(make, !state.linked, at);
}
