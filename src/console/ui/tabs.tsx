import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import { DropZone } from 'react-aria-components/DropZone';
import type { DropItem } from 'react-aria-components';
import { FileButton } from './button.js';
import { Icon } from './icons.js';

export interface TabsProps<T extends string> {
  label: string;
  tabs: readonly { id: T; title: ReactNode; content: ReactNode }[];
  selected: T;
  onSelect: (id: T) => void;
}

export function Tabs<T extends string>({ label, tabs, selected, onSelect }: TabsProps<T>) {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onSelect(key as T)}>
      <TabList className="tab-list" aria-label={label}>
        {tabs.map((tab) => <Tab key={tab.id} id={tab.id} className="tab">{tab.title}</Tab>)}
      </TabList>
      {tabs.map((tab) => <TabPanel key={tab.id} id={tab.id} className="tab-panel">{tab.content}</TabPanel>)}
    </AriaTabs>
  );
}

export interface FileDropProps {
  /** "Déposez le fichier ici, ou" */
  children: ReactNode;
  button: string;
  onFiles: (files: File[]) => void;
  accept?: readonly string[] | undefined;
  multiple?: boolean | undefined;
}

const isFile = (item: DropItem) => item.kind === 'file';

/** Drop, or the button; pasting a file works too when the zone has the focus. */
export function FileDrop({ children, button, onFiles, accept, multiple = false }: FileDropProps) {
  const dropped = async (items: DropItem[]) => {
    const files = await Promise.all(items.filter(isFile).map((item) => (item as Extract<DropItem, { kind: 'file' }>).getFile()));
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  return (
    <DropZone className="drop" onDrop={(event) => void dropped(event.items)}>
      <Icon shape="file" size={24} />
      <span>{children}</span>
      <FileButton onFiles={onFiles} accept={accept} multiple={multiple}>{button}</FileButton>
    </DropZone>
  );
}
