/** PCI: configuration space by mechanism #1, functions, MSI-X. */
package ringside.device.pci;
