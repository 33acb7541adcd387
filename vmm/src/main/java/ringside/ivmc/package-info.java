/** How the two ends of a service between domains find each other. */
package ringside.ivmc;
