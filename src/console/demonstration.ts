import { useEffect } from 'react';
import type { DemonstrationHere } from '../contract/demonstration.js';
import { get, useMe } from './api.js';
import { Store, useStore } from './store.js';
import { setDemonstrationChrome } from './ui/document.js';

const here = new Store<boolean>(false);
let asked = false;

/** Whether this server plays a demonstration: known before anybody signs in, so that no page of it is without its mark. */
export function useDemonstration(): boolean {
  const me = useMe();
  useEffect(() => {
    if (me) here.set(me.house.demonstration);
    if (me !== null || asked) return;
    asked = true;
    get<DemonstrationHere>('/api/demonstration').then((answer) => here.set(answer.here)).catch(() => (asked = false));
  }, [me]);
  const is = useStore(here);
  useEffect(() => setDemonstrationChrome(is), [is]);
  return is;
}
