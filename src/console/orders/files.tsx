import { useState } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Uploaded } from '../../contract/listings.js';
import { sentenceOf } from '../api.js';
import { FileButton, Button } from '../ui/button.js';
import { Notice, ProgressBar } from '../ui/notice.js';
import { upload, type Progress } from './upload.js';

export interface Attached extends Uploaded {
  name: string;
}

export interface FilesFieldProps {
  activation: string;
  files: readonly Attached[];
  onChange: (files: readonly Attached[]) => void;
  /** Words of the button. */
  children: string;
  /** While a file is on its way the order waits. */
  onBusy?: (busy: boolean) => void;
}

/** Files that go with an order: sent at once, named by it when it leaves. */
export function FilesField({ activation, files, onChange, children, onBusy }: FilesFieldProps) {
  const [current, setCurrent] = useState<{ name: string; progress: Progress }>();
  const [fault, setFault] = useState<string>();
  const add = async (chosen: File[]) => {
    onBusy?.(true);
    setFault(undefined);
    const arrived: Attached[] = [];
    try {
      for (const file of chosen) {
        const uploaded = await upload(`/api/activations/${activation}/uploads`, file, (progress) => setCurrent({ name: file.name, progress }));
        arrived.push({ ...uploaded, name: file.name });
        onChange([...files, ...arrived]);
      }
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setCurrent(undefined);
      onBusy?.(false);
    }
  };
  return (
    <div className="stack-small">
      {files.length > 0 && (
        <ul className="attached">
          {files.map((file) => (
            <li key={file.digest}>
              <span>{file.name} <span className="dim">{sizeText(file.bytes)}</span></span>
              <Button size="small" kind="tertiary" aria-label={fr(`Retirer ${file.name}`)} onPress={() => onChange(files.filter((one) => one !== file))}>Retirer</Button>
            </li>
          ))}
        </ul>
      )}
      {current && (
        <ProgressBar
          label={fr(`Envoi de ${current.name}`)} value={current.progress.sent} max={current.progress.size}
          valueText={`${sizeText(current.progress.sent)} sur ${sizeText(current.progress.size)}`} detail={estimate(current.progress)}
        />
      )}
      {fault && <Notice kind="error" title={fault} />}
      <div><FileButton onFiles={(chosen) => void add(chosen)} multiple isDisabled={current !== undefined}>{children}</FileButton></div>
    </div>
  );
}

export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return fr(`${Math.max(1, Math.round(bytes / 1_000))} ko`);
  return fr(`${(bytes / 1_000_000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo`);
}

export function estimate({ sent, size, rate }: Progress): string | undefined {
  if (rate === undefined || rate <= 0) return undefined;
  return fr(`${sizeText(rate)} par seconde, encore ${Math.max(1, Math.ceil((size - sent) / rate))} s`);
}
