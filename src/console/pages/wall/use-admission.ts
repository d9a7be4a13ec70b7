import { useCallback, useEffect, useState } from 'react';
import type { Me } from '../../../contract/live.js';
import { post, Refused, setMe } from '../../api.js';
import { signOut } from '../../session.js';
import { forgetLinkSecret, linkSecret } from '../access/link-secret.js';

/** `none`: there is no address to swap. `occupied`: a person is signed in here, and this browser is theirs. */
export type Admission = 'none' | 'swapping' | 'silent' | 'occupied' | 'refused';

const RETRY_MS = 5_000;

/** The first load of a screen: its address is taken out of sight, and swapped for a cookie. */
export function useAdmission(me: Me | null | undefined): { admission: Admission; retry: () => void; leave: () => Promise<void> } {
  const [secret, setSecret] = useState(linkSecret);
  const [admission, setAdmission] = useState<Admission>(secret === undefined ? 'none' : 'swapping');
  const person = me && !me.screen;
  const isScreen = me?.screen === true;

  // Typed into a page that is open already, an address changes nothing but its fragment.
  useEffect(() => {
    const typed = () => setSecret(linkSecret());
    window.addEventListener('hashchange', typed);
    return () => window.removeEventListener('hashchange', typed);
  }, []);

  useEffect(() => {
    if (secret === undefined || me === undefined) return undefined;
    if (person) {
      setAdmission('occupied');
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const swap = async () => {
      try {
        const admitted = await post<Me>('/api/screens/admit', { token: secret });
        forgetLinkSecret();
        if (left) return;
        setSecret(undefined);
        setAdmission('none');
        setMe(admitted);
      } catch (error) {
        if (left) return;
        if (error instanceof Refused) {
          forgetLinkSecret();
          setSecret(undefined);
          // Its own address again, by a start page that still bears it: the screen is a screen all the same.
          setAdmission(isScreen ? 'none' : 'refused');
        } else {
          setAdmission('silent');
          timer = setTimeout(() => void swap(), RETRY_MS);
        }
      }
    };
    setAdmission('swapping');
    // A turn later: what React mounts twice while developing must not use an address twice.
    timer = setTimeout(() => void swap());
    return () => {
      left = true;
      clearTimeout(timer);
    };
    // `me` changes with the swap itself: only who is there counts.
  }, [secret, me === undefined, person, isScreen]);

  return { admission, retry: useCallback(() => setAdmission('none'), []), leave: signOut };
}
