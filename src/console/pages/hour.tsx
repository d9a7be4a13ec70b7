import { useEffect, useMemo, useState } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { useMe } from '../api.js';
import type { Board } from '../board.js';
import { Frame } from '../frame/frame.js';
import { useActivation } from '../live.js';
import { keepAwake } from '../sound.js';
import { LinkButton } from '../ui/button.js';
import { useDialogOpen } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { HourPage } from './hour/hour-page.js';
import { bandOf, navOf, titleOf } from './hour/naming.js';
import './hour/hour.css';

/** `/activations/:id`: the directeur's console; on a telephone the same in tabs. */
export function Hour({ id }: { id: string }) {
  const following = useActivation(id);
  const me = useMe();
  if (following.state === 'absent') return <Absent />;
  if (following.state === 'loading' || !me) return <Frame title="Activation"><p className="page dim" aria-busy="true">Chargement…</p></Frame>;
  return <Shown board={following.board} me={me} />;
}

function Shown({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const phone = usePhone();
  useEffect(() => {
    keepAwake(activation.life === 'running');
    return () => keepAwake(false);
  }, [activation.life]);
  return (
    <Frame title={titleOf(board)} lane={activation.lane} activation={activation.id} nav={phone ? undefined : navOf(board, 'hour')} band={bandOf(board)}>
      <HourPage board={board} me={me} phone={phone} />
    </Frame>
  );
}

function Absent() {
  return (
    <Frame title="Activation introuvable">
      <main className="page page-narrow">
        <Notice kind="watch" title={fr("Cette activation n'existe pas ici, ou vos droits ne vous la montrent pas.")} announce={false} />
        <LinkButton href="/" kind="primary">Voir les activations</LinkButton>
      </main>
    </Frame>
  );
}

const NARROW = '(max-width: 37.5rem)';

/** At 600 px and less, one thumb: tabs instead of columns. A telephone that is turned while a dialog is open keeps its page until it is closed: what was typed stays. */
export function usePhone(): boolean {
  const query = useMemo(() => matchMedia(NARROW), []);
  const [narrow, setNarrow] = useState(query.matches);
  const [phone, setPhone] = useState(narrow);
  const isTyping = useDialogOpen();
  useEffect(() => {
    const change = () => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  if (phone !== narrow && !isTyping) setPhone(narrow);
  return phone;
}
