import { UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type StaffCard } from "../../bridge";
import { Badge, Button, DataGrid, EmptyState, Failed, useShortcuts, type Column, type Tone } from "../../kit";
import { civilText } from "../../words";
import { InviteFlyout } from "./InviteFlyout";
import { StaffFlyout } from "./StaffFlyout";

const TONES: Record<StaffCard["status"], Tone> = { active: "ok", invited: "info", suspended: "warn", terminated: "danger" };

export function StaffScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | "invite" | null>(null);
  const staff = useAnswer("identity.staff", {});
  useShortcuts(may("identity.invite") ? [{ keys: "n", shown: "N", words: t("identity.staff.invite"), run: () => setOpen("invite") }] : []);
  const rows = staff.data?.rows ?? [];
  const shown = rows.find((one) => one.staff === open);
  const columns = useColumns();
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("identity.staff.title")}</h1>
        <span className="kw-sub">{staff.data ? t("identity.staff.count", { count: rows.length }) : ""}</span>
        <span className="kw-grow" />
        {may("identity.invite") ? (
          <Button variant="primary" icon={<UserPlus size={14} aria-hidden="true" />} shortcut="N" onPress={() => setOpen("invite")} testId="staff-invite">{t("identity.staff.invite")}</Button>
        ) : null}
      </div>
      <div className="screen-split">
        <div className="screen-main">
          {staff.error ? <Failed failure={failureOf(staff.error)} /> : null}
          {staff.data && rows.length === 0 ? <EmptyState icon={<Users size={28} />} title={t("identity.staff.none")} /> : null}
          {rows.length > 0 ? (
            <DataGrid label={t("identity.staff.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={(row) => setOpen(row.staff)} rowTestId="staff-row" />
          ) : null}
        </div>
        {open === "invite" ? <InviteFlyout onClose={() => setOpen(null)} /> : null}
        {shown ? <StaffFlyout key={shown.staff} card={shown} onClose={() => setOpen(null)} /> : null}
      </div>
    </div>
  );
}

function useColumns(): Column<StaffCard>[] {
  const { t } = useTranslation();
  return [
    { key: "name", header: t("identity.staff.name"), width: "minmax(160px,1.2fr)", cell: (row) => <b>{row.display_name}</b> },
    { key: "user", header: t("identity.signIn.userName"), width: "120px", cell: (row) => <span className="kw-mono">{row.user_name}</span>, spare: true },
    {
      key: "roles",
      header: t("identity.staff.roles"),
      width: "minmax(160px,1.4fr)",
      cell: (row) => row.roles.filter((one) => one.active).map((one) => t(`common.role.${one.role}`)).join(", ") || t("identity.staff.noRole"),
    },
    { key: "status", header: t("identity.staff.status"), width: "120px", cell: (row) => <Badge tone={TONES[row.status]}>{t(`identity.staff.is.${row.status}`)}</Badge> },
    {
      key: "training",
      header: t("identity.staff.training"),
      width: "140px",
      cell: (row) => (row.training_completed_on ? civilText(row.training_completed_on) : <span className="kw-quiet">{t("identity.staff.noTraining")}</span>),
      spare: true,
    },
  ];
}
