import { useState } from 'react';
import { mayAdminister } from '../../domain/administration-rules.js';
import { useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { Tabs } from '../ui/tabs.js';
import { housePages } from './house-pages.js';
import { AdministrationJournal } from './settings/administration-journal.js';
import { BackupState } from './settings/backup-state.js';
import { MyAccount } from './settings/my-account.js';
import { PlanInForce } from './settings/plan-in-force.js';
import { ScreenList } from './settings/screen-list.js';
import { ThisDevice } from './settings/this-device.js';
import { ThisHouse } from './settings/this-house.js';
import { TelephonyState } from './settings/telephony-state.js';
import { WebhookList } from './settings/webhook-list.js';
import './pieces.css';
import './settings.css';

type Tab = 'me' | 'device' | 'house' | 'plan' | 'screens' | 'webhooks' | 'telephony' | 'backups' | 'journal';

/** One's own account, this device, and how the préfecture is set. What is set in files is shown, not changed. */
export function Settings() {
  const me = useMe();
  const [tab, setTab] = useState<Tab>('me');
  if (!me) return null;
  return (
    <Frame title="Réglages" nav={housePages(me, '/reglages')}>
      <main className="page settings">
        <Tabs<Tab>
          label="Réglages" selected={tab} onSelect={setTab}
          tabs={[
            { id: 'me', title: 'Mon compte', content: <MyAccount me={me} /> },
            { id: 'device', title: 'Cet appareil', content: <ThisDevice /> },
            { id: 'house', title: 'Préfecture', content: <ThisHouse /> },
            { id: 'plan', title: 'Plan de l’heure', content: <PlanInForce /> },
            ...(mayAdminister(me.rights, 'list-screens') ? [{ id: 'screens' as const, title: 'Écrans de mur', content: <ScreenList zone={me.house.timeZone} /> }] : []),
            ...(mayAdminister(me.rights, 'read-telephony') ? [{ id: 'telephony' as const, title: 'Téléphonie', content: <TelephonyState zone={me.house.timeZone} rights={me.rights} /> }] : []),
            ...(mayAdminister(me.rights, 'list-webhooks') ? [{ id: 'webhooks' as const, title: 'Intégrations', content: <WebhookList zone={me.house.timeZone} /> }] : []),
            ...(mayAdminister(me.rights, 'read-administration') ? [{ id: 'backups' as const, title: 'Sauvegardes', content: <BackupState zone={me.house.timeZone} /> }] : []),
            ...(mayAdminister(me.rights, 'read-administration') ? [{ id: 'journal' as const, title: 'Journal d’administration', content: <AdministrationJournal zone={me.house.timeZone} /> }] : []),
          ]}
        />
      </main>
    </Frame>
  );
}
