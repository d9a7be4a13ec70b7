import { useEffect } from 'react';
import { useMe } from '../api.js';
import { keepAwake } from '../sound.js';
import { useTheme } from '../theme.js';
import { setTheme, setWallCanvas } from '../ui/document.js';
import { Lost, Occupied, Refusing, Silent, Swapping } from './wall/admission.js';
import { Guard } from './wall/guard.js';
import { Followed } from './wall/followed.js';
import { useAdmission } from './wall/use-admission.js';
import './wall/wall.css';

/** `/mur`: what a television shows. Nobody touches it: it follows by itself, and never lies silently. */
export function Wall() {
  const theme = useTheme();
  useEffect(() => {
    setWallCanvas(true);
    setTheme('dark');
    keepAwake(true);
    return () => {
      setWallCanvas(false);
      setTheme(theme);
      keepAwake(false);
    };
  }, [theme]);
  return <Guard><Shown /></Guard>;
}

function Shown() {
  const me = useMe();
  const { admission, retry, leave } = useAdmission(me);
  switch (admission) {
    case 'swapping': return <Swapping />;
    case 'silent': return <Silent />;
    case 'occupied': return <Occupied name={me?.name ?? ''} onLeave={leave} />;
    case 'refused': return <Refusing onRetry={retry} />;
    case 'none': return me ? <Followed me={me} /> : <Lost />;
  }
}
