// How results from a link are looked at: what their address says after its letters, and the address as it is now.

import { useEffect, useMemo, useState } from 'react';
import { viewAddress } from '../../link/address';
import { type FigureLook, lookQuery, readLook } from '../../store/look';
import type { ChosenPart } from '../../store/parts';
import { addressWords } from '../address_words';
import { useLab } from '../context';
import { useWrittenAddress } from '../hooks';
import { useScreen } from '../screen';
import { armsOfParts } from './FigureView';

export interface LinkAddress {
  readonly letters: string;
  readonly asked: string;
}

/** Says over the page what is not understood of the address. */
export function useLinkLook(
  parts: readonly ChosenPart[],
  address: LinkAddress | undefined,
  onTables: (tables: boolean) => void,
) {
  const { say } = useLab().messages;
  const arms = useMemo(() => armsOfParts(parts), [parts]);
  const [link] = useState(() => (address && address.asked !== '' ? readLook(address.asked, arms) : null));
  const [looked, onLook] = useState<FigureLook | null>(null);
  const { ui, theme, at } = useScreen();
  useEffect(() => {
    if (!link) return;
    onTables(link.look.tables);
    if (link.leftOut.length > 0) say('address', addressWords.leftOut(link.leftOut));
    return () => say('address', null);
  }, [link, onTables, say]);
  const letters = address?.letters;
  const make = useMemo(() => {
    if (letters === undefined || !looked) return null;
    const query = lookQuery(looked, arms, { ui, theme });
    return async () => viewAddress(letters) + (query && `&${query}`);
  }, [letters, looked, arms, ui, theme]);
  useWrittenAddress(make, false, at);
  return { look: link?.look, onLook };
}
