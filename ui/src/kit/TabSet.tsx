import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";

export interface TabItem {
  id: string;
  label: string;
  content: ReactNode;
}

export function TabSet({ label, items, selected, onSelect }: { label: string; items: readonly TabItem[]; selected: string; onSelect: (id: string) => void }) {
  return (
    <Tabs className="kw-tabs" selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <TabList className="kw-tablist" aria-label={label}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="kw-tab" data-testid={`tab-${item.id}`}>{item.label}</Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="kw-tabpanel">{item.content}</TabPanel>
      ))}
    </Tabs>
  );
}
