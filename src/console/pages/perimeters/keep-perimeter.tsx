import { useState, type SubmitEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { KeptPerimeterLine, SavePerimeterOrder } from '../../../contract/perimeters.js';
import type { Circles } from '../../../domain/outreach/choice.js';
import { post } from '../../api.js';
import { reloadKept } from '../../parts/perimeter/use-perimeters.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';

interface Props {
  circles: Circles;
  opened: KeptPerimeterLine | undefined;
  onKept: (line: KeptPerimeterLine) => void;
}

/** Kept under a name, over the version that was opened, or beside it. */
export function KeepPerimeter({ circles, opened, onKept }: Props) {
  const [name, setName] = useState(opened?.name ?? '');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const say = useToasts();
  const isSame = opened !== undefined && name.trim() === opened.name && circles.circle1.join() === opened.circle1.join() && circles.circle2.join() === opened.circle2.join();
  const keep = async (over: KeptPerimeterLine | undefined) => {
    setTried(true);
    if (name.trim() === '' || circles.circle1.length === 0) return;
    const order: SavePerimeterOrder = { name, circle1: [...circles.circle1], circle2: [...circles.circle2], ...(over ? { over: { id: over.id, seen: over.changedAt } } : {}) };
    await attempt(async () => {
      const kept = await post<KeptPerimeterLine>('/api/perimeters', order);
      say(fr(`Périmètre « ${kept.name} » gardé.`));
      onKept(kept);
      await reloadKept();
    });
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void keep(opened);
  };
  return (
    <form className="panel stack-small" onSubmit={onSubmit} noValidate>
      <TextField
        label="Garder sous le nom" value={name} onChange={setName} maxLength={120} autoComplete="off" placeholder={fr('PPI, zone inondable…')}
        error={!tried ? undefined : name.trim() === '' ? fr('Donnez-lui un nom.') : circles.circle1.length === 0 ? fr('Choisissez une commune au moins dans le cercle 1.') : undefined}
      />
      {fault && <Notice kind="error" title={fault} />}
      <div className="row">
        <Button kind="primary" type="submit" isPending={pending} isDisabled={isSame}>{opened ? (isSame ? 'Gardé' : 'Enregistrer') : 'Garder ce périmètre'}</Button>
        {opened && name.trim() !== opened.name && <Button onPress={() => void keep(undefined)}>Garder comme un autre</Button>}
      </div>
    </form>
  );
}
