import { useState } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import type { KeptPerimeterLine } from '../../contract/perimeters.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import type { Circles } from '../../domain/outreach/choice.js';
import { useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { PerimeterPicker } from '../parts/perimeter-picker.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { housePages } from './house-pages.js';
import { KeepPerimeter } from './perimeters/keep-perimeter.js';
import { KeptList } from './perimeters/kept-list.js';
import { NightPanel } from './perimeters/night-panel.js';
import './perimeters/perimeters.css';

const NOTHING: Circles = { circle1: [], circle2: [] };

/** Before the night: perimeters made and kept in peace time, and what calling one would take. */
export function PerimetersPage() {
  const me = useMe();
  if (!me) return null;
  return (
    <Frame title="Avant la nuit" nav={housePages(me, '/perimetres')}>
      <main className="page perimeters">
        {mayAdminister(me.rights, 'list-perimeters') ? <Prepared me={me} />
          : (
            <Notice announce={false} title={fr("Les périmètres se préparent par ceux qui peuvent avoir à appeler.")} actions={<LinkButton href="/">Voir les activations</LinkButton>}>
              {fr("S'ils doivent être les vôtres, demandez ce droit à un administrateur.")}
            </Notice>
          )}
      </main>
    </Frame>
  );
}

function Prepared({ me }: { me: Me }) {
  const [circles, setCircles] = useState<Circles>(NOTHING);
  const [opened, setOpened] = useState<KeptPerimeterLine>();
  const open = (line: KeptPerimeterLine | undefined) => {
    setOpened(line);
    setCircles(line ?? NOTHING);
  };
  return (
    <>
      <KeptList me={me} opened={opened?.id} onOpen={open} />
      <div className="perimeters-grid">
        <section className="stack" aria-labelledby="chosen-title">
          <h2 id="chosen-title">{fr(opened ? `« ${opened.name} »` : 'Qui serait à joindre ?')}</h2>
          <PerimeterPicker value={circles} onChange={setCircles} offersKept={false} />
          {mayAdminister(me.rights, 'save-perimeter') && <KeepPerimeter key={opened?.id ?? 'new'} circles={circles} opened={opened} onKept={open} />}
        </section>
        <NightPanel circles={circles} />
      </div>
    </>
  );
}
