"""What is said in live rooms, a module for each subject: it registers its commands as it is loaded."""
