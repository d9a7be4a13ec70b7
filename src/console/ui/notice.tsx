import { useCallback, useMemo, useRef, useState, createContext, use, type ReactNode } from 'react';
import { Button } from './button.js';
import { Icon, type ShapeName } from './icons.js';

export type NoticeKind = 'info' | 'ok' | 'watch' | 'error';
const SHAPE: Record<NoticeKind, ShapeName> = { info: 'info', ok: 'checked', watch: 'warn', error: 'missed' };
const NAME: Record<NoticeKind, string> = { info: 'Information', ok: 'Fait', watch: 'Attention', error: 'Erreur' };

export interface NoticeProps {
  kind?: NoticeKind | undefined;
  /** What happened. */
  title?: ReactNode;
  /** What was kept, what to try. */
  children?: ReactNode;
  actions?: ReactNode;
  onClose?: (() => void) | undefined;
  /** Read out when it appears: errors at once, the rest when there is a silence. `false` for what was there from the start. */
  announce?: boolean | undefined;
}

export function Notice({ kind = 'info', title, children, actions, onClose, announce = true }: NoticeProps) {
  return (
    <div className={`notice notice-${kind}`} {...(announce ? { role: kind === 'error' ? 'alert' : 'status' } : {})}>
      <Icon shape={SHAPE[kind]} size={20} />
      <div className="notice-body">
        <span className="hidden">{NAME[kind]}</span>
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="row">{actions}</div>}
      </div>
      {onClose && <Button kind="tertiary" onPress={onClose} aria-label="Fermer ce message"><Icon shape="cross" size={14} /></Button>}
    </div>
  );
}

interface Toast {
  id: number;
  kind: NoticeKind;
  text: ReactNode;
}
export type SayToast = (text: ReactNode, kind?: NoticeKind) => void;
const ToastContext = createContext<SayToast>(() => undefined);

/** `const say = useToasts(); say('Enregistré, entrée 214')`. What went well goes away by itself, an error stays until it is closed. */
export function useToasts(): SayToast {
  return use(ToastContext);
}

/** Around the application: the region where passing messages appear and are read out. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const close = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const say = useCallback<SayToast>((text, kind = 'ok') => {
    const id = ++last.current;
    setToasts((shown) => [...shown.slice(-3), { id, kind, text }]);
    if (kind === 'ok' || kind === 'info') setTimeout(() => close(id), 8_000);
  }, [close]);
  const region = useMemo(() => (
    <div className="toasts" role="region" aria-label="Messages">
      <div aria-live="polite" aria-relevant="additions">
        {toasts.map((toast) => <Notice key={toast.id} kind={toast.kind} title={toast.text} announce={toast.kind === 'error'} onClose={() => close(toast.id)} />)}
      </div>
    </div>
  ), [toasts, close]);
  return <ToastContext value={say}>{children}{region}</ToastContext>;
}

export interface ProgressBarProps {
  label: ReactNode;
  value: number;
  max: number;
  /** "38 par minute, fini vers 02:52": the rate and the estimate. */
  detail?: ReactNode;
  /** "72 sur 118"; by default the percentage. */
  valueText?: string | undefined;
}

export function ProgressBar({ label, value, max, detail, valueText }: ProgressBarProps) {
  const part = max > 0 ? Math.min(1, value / max) : 0;
  const text = valueText ?? `${Math.floor(part * 100)}\u00a0%`;
  return (
    <div className="progress">
      <div className="spread"><span className="label">{label}</span><span>{text}</span></div>
      <div role="progressbar" aria-label={typeof label === 'string' ? label : 'Avancement'} aria-valuemin={0} aria-valuemax={max} aria-valuenow={value} aria-valuetext={text}>
        <svg width="100%" height="10" aria-hidden="true"><rect className="track" width="100%" height="10" /><rect className="fill" width={`${part * 100}%`} height="10" /></svg>
      </div>
      {detail && <p className="help">{detail}</p>}
    </div>
  );
}
