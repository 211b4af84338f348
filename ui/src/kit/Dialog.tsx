import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  testId?: string;
}

export function Dialog({ title, isOpen, onClose, children, footer, wide, testId }: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="kw-veil" isOpen={isOpen} onOpenChange={(open) => (open ? undefined : onClose())} isDismissable>
      <Modal className={wide ? "kw-modal kw-modal-wide" : "kw-modal"}>
        <AriaDialog className="kw-dialog" data-testid={testId}>
          <header className="kw-dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button variant="quiet" onPress={onClose} aria-label={t("common.close")} icon={<X size={16} aria-hidden="true" />} />
          </header>
          <div className="kw-dialog-body">{children}</div>
          {footer ? <footer className="kw-dialog-foot">{footer}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
