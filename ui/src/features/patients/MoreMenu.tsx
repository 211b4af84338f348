import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";

/** A way from a patient to a screen of another feature, put in by the shell. */
export interface PatientWay {
  id: string;
  icon: ReactNode;
  words: string;
  path: string;
}

export interface MoreItem {
  id: string;
  icon: ReactNode;
  words: string;
  run: () => void;
}

/** What is done seldom, behind one button. */
export function MoreMenu({ items }: { items: readonly MoreItem[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <MenuTrigger>
      <AriaButton className="kw-btn kw-btn-plain" data-testid="chart-more">{t("patients.chart.more")}<ChevronDown size={14} aria-hidden="true" /></AriaButton>
      <Popover className="kw-popover" placement="bottom end">
        <Menu className="kw-listbox kw-listbox-tall" onAction={(key) => items.find((one) => one.id === key)?.run()}>
          {items.map((one) => (
            <MenuItem key={one.id} id={one.id} textValue={one.words} className="kw-option pt-menu-item" data-testid={`chart-${one.id}`}>{one.icon}<span className="kw-grow">{one.words}</span></MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
