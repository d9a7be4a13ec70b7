import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Link } from 'react-aria-components/Link';
import { given } from './given.js';

export type ButtonKind = 'primary' | 'secondary' | 'tertiary' | 'danger' | 'danger-outline';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  /** One solid action a screen: `primary`, or `danger` in the dialog that confirms. Default `secondary`. */
  kind?: ButtonKind | undefined;
  /** `large` for a thumb, `small` inside a dense line (still 44 px high under a finger). */
  size?: 'normal' | 'small' | 'large' | undefined;
  wide?: boolean | undefined;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement> | undefined;
}

const names = (kind: ButtonKind, size: string, wide?: boolean | undefined) => `button button-${kind} button-${size}${wide ? ' wide' : ''}`;

/** While `isPending`, it keeps its place, its focus and its words, and does nothing more. */
export function Button({ children, kind = 'secondary', size = 'normal', wide, icon, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={names(kind, size, wide)}>
      {({ isPending }) => (
        <>
          {isPending ? <span className="spinner" aria-hidden="true" /> : icon}
          <span>{children}</span>
          {isPending && <span className="hidden">, en cours</span>}
        </>
      )}
    </AriaButton>
  );
}

export interface LinkButtonProps {
  href: string;
  children: ReactNode;
  kind?: ButtonKind | undefined;
  size?: 'normal' | 'small' | 'large' | undefined;
  wide?: boolean | undefined;
  download?: boolean | string | undefined;
  target?: string | undefined;
  onPress?: (() => void) | undefined;
}

/** Looks like a button, goes to a page. Client navigation: wrap the application in `Navigation`. */
export function LinkButton({ children, kind = 'secondary', size = 'normal', wide, download, ...rest }: LinkButtonProps) {
  return <Link {...given(rest)} {...given({ download })} href={rest.href} className={names(kind, size, wide)}>{children}</Link>;
}

export interface FileButtonProps {
  children: ReactNode;
  onFiles: (files: File[]) => void;
  accept?: readonly string[] | undefined;
  multiple?: boolean | undefined;
  /** On a phone: opens the camera. */
  camera?: 'user' | 'environment' | undefined;
  kind?: ButtonKind | undefined;
  isDisabled?: boolean | undefined;
}

export function FileButton({ children, onFiles, accept, multiple = false, camera, kind = 'secondary', isDisabled = false }: FileButtonProps) {
  return (
    <FileTrigger
      allowsMultiple={multiple}
      {...given({ acceptedFileTypes: accept, defaultCamera: camera })}
      onSelect={(list) => list && list.length > 0 && onFiles([...list])}
    >
      <Button kind={kind} isDisabled={isDisabled}>{children}</Button>
    </FileTrigger>
  );
}
